/** What a preview shows: one definition, or all metrics of a project or of one of its files. */
export type Subject =
  | { readonly kind: 'metric' | 'segment' | 'target' | 'source' | 'journey'; readonly name: string }
  /** `file` is a path from the root of the project; the whole project where absent. */
  | { readonly kind: 'scorecard'; readonly file?: string };
