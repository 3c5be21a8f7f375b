import { diffSchema, metricsSchema, projectSchema, resultSchema } from 'plumbline:schemas';

/** The JSON Schemas as plain data: of metrics files, of `plumbline.yaml`, of results and of comparisons. */
export const schemas: Readonly<Record<'metrics' | 'project' | 'result' | 'diff', unknown>> = {
  metrics: metricsSchema,
  project: projectSchema,
  result: resultSchema,
  diff: diffSchema,
};
