import { type ColumnDraft, type LinkDraft, type SourceDraft, TOLERATED } from './drafts.ts';
import { freeName } from './names.ts';

/**
 * The links of each source to others: a column that has the name of another's key (`account_id`), or that of the other with its key
 * behind it (`customer_id` to the `id` of `customers`), where nearly every value of it is there.
 */
export function proposeLinks(sources: readonly SourceDraft[]): ReadonlyMap<string, readonly LinkDraft[]> {
  const keys = new Map(
    sources.map(({ name, key }) => [name, new Set(key?.cells.filter((cell) => cell !== ''))]),
  );
  return new Map(
    sources.map((source) => {
      const taken = new Set(source.columns.map(({ name }) => name));
      const links = source.columns.flatMap((column): LinkDraft[] => {
        if (column === source.key || !source.whole) return [];
        const target = sources.find((other) => other !== source && isKeyOf(column, other));
        const known = keys.get(target?.name ?? '');
        if (target?.key === undefined || known === undefined) return [];
        const values = column.cells.filter((cell) => cell !== '');
        const orphans = values.filter((cell) => !known.has(cell)).length;
        if (column.type !== target.key.type || orphans > TOLERATED * values.length) return [];
        const name = freeName(column.name.replace(/_(?:id|key|uuid|code)$/, ''), taken);
        return [{ name, to: target.name, mine: column.name, theirs: target.key.name }];
      });
      return [source.name, links];
    }),
  );
}

function isKeyOf({ name }: ColumnDraft, { key, name: source }: SourceDraft): boolean {
  if (key === undefined || key.type === undefined) return false;
  const isGeneral = /^(?:id|key|uuid|guid|code)$/.test(key.name);
  if (!isGeneral) return name === key.name;
  return singulars(source).some((each) => name === `${each}_${key.name}`);
}

/** A word and what it may be the plural of: `companies` is also `company`. */
function singulars(word: string): readonly string[] {
  return [word, word.replace(/ies$/, 'y'), word.replace(/es$/, ''), word.replace(/s$/, '')];
}
