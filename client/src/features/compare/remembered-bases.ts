import type { Memento } from 'vscode';
import type { Base } from '../../../../server/src/protocol/index.ts';

const KEY = 'plumbline.changes.bases';

/** With what each project of a workspace was compared last, by the URI of its folder; none of one whose comparison was ended. */
export interface RememberedBases {
  of(folder: string): Base | undefined;
  remember(folder: string, base: Base | undefined): void;
}

/** Keeps it in the memory of the workspace. */
export function rememberedBases(memory: Memento): RememberedBases {
  const known = (): ReadonlyMap<string, unknown> => {
    const kept: unknown = memory.get(KEY);
    return new Map(typeof kept === 'object' && kept !== null ? Object.entries(kept) : []);
  };
  return {
    of(folder) {
      const base = known().get(folder);
      return isBase(base) ? base : undefined;
    },
    remember(folder, base) {
      const others = [...known()].filter(([key]) => key !== folder);
      // What was compared last stands last.
      void memory.update(KEY, Object.fromEntries([...others, ...(base ? [[folder, base] as const] : [])]));
    },
  };
}

/** What another version of the extension has kept may have another form. */
function isBase(value: unknown): value is Base {
  return (
    typeof value === 'object' &&
    value !== null &&
    'ref' in value &&
    typeof value.ref === 'string' &&
    'mergeBase' in value &&
    typeof value.mergeBase === 'boolean'
  );
}
