/** What the server understands beyond the language server protocol: all that a client may import of it. */
export {
  type Base,
  type ComparedDefinition,
  type ComparedHeadline,
  type ComparedMetric,
  type Comparison,
  type ComparisonParams,
  comparisonRequest,
  type Ref,
  type Refs,
  refsRequest,
  VERSION_SCHEME,
  type VersionTextParams,
  versionTextRequest,
} from './comparison.ts';
export type {
  CustomNotification,
  CustomRequest,
  Location,
  MetricParams,
  ProjectParams,
  Unavailable,
} from './custom-request.ts';
export { type EvaluateParams, evaluateNotification } from './evaluate.ts';
export {
  type ExampleOutcome,
  examplesRequest,
  type MetricExamples,
  type RunExamplesParams,
  runExamplesRequest,
} from './examples.ts';
export { type FunnelResult, funnelRequest } from './funnel.ts';
export { type LineageResult, lineageRequest } from './lineage.ts';
export {
  type NewProject,
  type NewProjectParams,
  newProjectRequest,
  type Template,
} from './new-project.ts';
export {
  type ChangedParams,
  changedNotification,
  type Preview,
  type PreviewParams,
  previewRequest,
  type Subject,
  type SubjectAtParams,
  subjectAtRequest,
} from './preview.ts';
export {
  type DescribeParams,
  describeRequest,
  type ProjectTreeResult,
  projectTreeRequest,
  type WantNumbersParams,
  wantNumbersNotification,
} from './project-tree.ts';
export { type ProjectSummary, projectsRequest, type ServerState } from './projects.ts';
export { type RowsParams, rowsRequest } from './rows.ts';
export { type SqlParams, type SqlResult, sqlRequest } from './sql.ts';
export { type Trend, trendsRequest } from './trends.ts';
