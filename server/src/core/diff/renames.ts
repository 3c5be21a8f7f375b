import type { DefinitionKind } from '../model/project.ts';

/** The names of definitions that have another name after a change, by kind and name before it. */
export interface Renames {
  /** The name after the change, where it is another one. */
  of(kind: DefinitionKind, name: string): string | undefined;
}

/** Nothing is renamed. */
export const NO_RENAMES: Renames = { of: () => undefined };
