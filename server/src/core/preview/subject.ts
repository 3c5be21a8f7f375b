import type { Base } from './comparison.ts';

/** What a preview shows: one definition, all metrics of a project or of one of its files, or what is other than in another version. */
export type Subject =
  | { readonly kind: 'metric' | 'segment' | 'target' | 'source' | 'journey'; readonly name: string }
  /** `file` is a path from the root of the project; the whole project where absent. */
  | { readonly kind: 'scorecard'; readonly file?: string }
  /** Of one metric, by its name now; of all that changed where absent. */
  | { readonly kind: 'comparison'; readonly base: Base; readonly metric?: string };
