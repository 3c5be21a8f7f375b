import type { MutationResult } from '../../core/mutate/find-unguarded.ts';
import type { Texts } from '../../core/workspace/in-files.ts';
import type { SourceTexts } from '../source-texts.ts';

/** What came of changing one clause after the other. */
export interface MutateReport {
  /** Absolute path of the project's root. */
  readonly folder: string;
  readonly project: string | undefined;
  /** With its problems as they stand in the files. */
  readonly result: MutationResult;
  /** The metrics files of the project, to find places in them. */
  readonly files: Texts;
  readonly texts: SourceTexts;
}
