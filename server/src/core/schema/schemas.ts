import { metricsSchema, projectSchema, resultSchema } from 'plumbline:schemas';

/** The JSON Schemas as plain data: of metrics files, of `plumbline.yaml`, and of results. */
export const schemas: Readonly<Record<'metrics' | 'project' | 'result', unknown>> = {
  metrics: metricsSchema,
  project: projectSchema,
  result: resultSchema,
};
