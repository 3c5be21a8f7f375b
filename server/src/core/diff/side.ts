import type { Checked } from '../check/checked.ts';
import type { LoadedProject } from '../workspace.ts';

/** One version of a project, as far as it can be known without its rows. */
export interface DiffSide {
  readonly loaded: LoadedProject;
  readonly checked: Checked;
}
