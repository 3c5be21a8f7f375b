// Both modules are made by `schemas/esbuild-plugin.mjs` when a bundle is built.

declare module 'plumbline:validators' {
  /** One complaint of Ajv: where in the value (a JSON pointer), by which keyword, with that keyword's details. */
  export interface ValidationError {
    readonly instancePath: string;
    readonly schemaPath: string;
    readonly keyword: string;
    readonly params: Readonly<Record<string, unknown>>;
  }

  /** A compiled schema. `errors` holds the complaints of the latest call, `null` where there were none. */
  export interface Validator {
    (value: unknown): boolean;
    readonly errors?: readonly ValidationError[] | null;
  }

  export const validateProject: Validator;
  export const validateMetrics: Validator;
  export const validateResult: Validator;
  export const validateDiff: Validator;
}

declare module 'plumbline:schemas' {
  export const projectSchema: unknown;
  export const metricsSchema: unknown;
  export const resultSchema: unknown;
  export const diffSchema: unknown;
}
