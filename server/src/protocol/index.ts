/** What the server understands beyond the language server protocol: all that a client may import of it. */
export type {
  CustomNotification,
  CustomRequest,
  Location,
  MetricParams,
  ProjectParams,
  Unavailable,
} from './custom-request.ts';
export { type EvaluateParams, evaluateNotification } from './evaluate.ts';
export { type FunnelResult, funnelRequest } from './funnel.ts';
export { type LineageResult, lineageRequest } from './lineage.ts';
export { type Preview, type PreviewParams, previewRequest } from './preview.ts';
export { type ProjectTreeResult, projectTreeRequest } from './project-tree.ts';
export { type SqlParams, type SqlResult, sqlRequest } from './sql.ts';
