import { type ColumnDraft, type LinkDraft, type SourceDraft, TOLERATED } from './drafts.ts';
import { freeName } from './names.ts';

/**
 * The links of each source to others: a column that has the name of another's key (`account_id`), or that of the other with its key
 * behind it (`customer_id` to the `id` of `customers`), where nearly every value of it is there.
 */
export function proposeLinks(sources: readonly SourceDraft[]): ReadonlyMap<string, readonly LinkDraft[]> {
  const keys = new Map(
    sources.map((source) => [source.name, new Set(singleKey(source)?.cells.filter((cell) => cell !== ''))]),
  );
  return new Map(
    sources.map((source) => {
      const taken = new Set<string>();
      const links = source.columns.flatMap((column): LinkDraft[] => {
        if (column === singleKey(source) || !source.whole) return [];
        const target = sources.find((other) => other !== source && isKeyOf(column, other));
        const known = keys.get(target?.name ?? '');
        const key = target === undefined ? undefined : singleKey(target);
        if (target === undefined || key === undefined || known === undefined) return [];
        const values = column.cells.filter((cell) => cell !== '');
        const orphans = values.filter((cell) => !known.has(cell)).length;
        if (column.type !== key.type || orphans > TOLERATED * values.length) return [];
        // A link may be called as a column: behind a dot it leads on, alone it is the column.
        const name = freeName(column.name.replace(/_(?:id|key|uuid|code)$/, ''), taken);
        return [{ name, to: target.name, mine: column.name, theirs: key.name }];
      });
      return [source.name, links];
    }),
  );
}

/** The key of a source that is one column: only that can be linked to by one. */
function singleKey({ key }: SourceDraft): ColumnDraft | undefined {
  return key.length === 1 ? key[0] : undefined;
}

function isKeyOf({ name }: ColumnDraft, target: SourceDraft): boolean {
  const { name: source } = target;
  const key = singleKey(target);
  if (key === undefined || key.type === undefined) return false;
  const isGeneral = /^(?:id|key|uuid|guid|code)$/.test(key.name);
  if (!isGeneral) return name === key.name;
  return singulars(source).some((each) => name === `${each}_${key.name}`);
}

/** A word and what it may be the plural of: `companies` is also `company`. */
function singulars(word: string): readonly string[] {
  return [word, word.replace(/ies$/, 'y'), word.replace(/es$/, ''), word.replace(/s$/, '')];
}
