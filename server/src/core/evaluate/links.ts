import type { Checked } from '../check/checked.ts';
import type { Dialect } from '../plan/dialects/dialect.ts';
import { Frame, type LinkUse } from '../plan/frame.ts';
import { Refusal } from '../plan/refusal.ts';
import type { Select } from '../plan/relation.ts';
import { renderSelect } from '../plan/render-select.ts';
import { all, isNotNull } from '../plan/scalars.ts';
import type { Storage } from '../plan/storage.ts';
import type { Run } from './extents.ts';

/** Refuses where one of the links arrives at more than one row. */
export async function requireOneArrival(
  context: { arrivesAtOne(link: LinkUse): Promise<boolean> },
  links: readonly LinkUse[],
): Promise<void> {
  for (const link of links) {
    if (await context.arrivesAtOne(link)) continue;
    throw new Refusal(
      `The link ${link.source}.${link.link} arrives at more than one row, so that rows would count several times.`,
    );
  }
}

/**
 * Whether the columns at which a link arrives are unique in its target, all pairs together, nulls left out. A link that
 * cannot be read has been reported elsewhere and counts as fine here.
 */
export async function arrivesAtOne(
  checked: Checked,
  storage: Storage,
  dialect: Dialect,
  run: Run,
  use: LinkUse,
): Promise<boolean> {
  const target = checked.follow(use.source, [use.link]);
  const link = checked.project.sources.get(use.source)?.links.get(use.link);
  if (target === undefined || link === undefined) return true;
  const key = checked.project.sources.get(target)?.key?.items ?? [];
  try {
    const frame = new Frame(checked, storage, target);
    const columns = link.using.map((pair, index) => {
      const scalar = checked.resolvePath((pair.theirs ?? key[index])?.text ?? '', target);
      if (scalar === undefined) throw new Refusal('The link has an error.');
      return frame.lower(scalar);
    });
    const where = all(columns.map(isNotNull));
    if (where === undefined) return true;
    const select: Select = {
      from: frame.from,
      joins: frame.joins,
      where: [where],
      keys: [],
      aggregates: [
        { name: 'count', value: { fn: 'count', args: [] } },
        { name: 'keys', value: { fn: 'count_distinct', args: columns } },
      ],
    };
    const [row] = await run(renderSelect(select, dialect, checked.project.settings.timezone));
    return Number(row?.count ?? 0) === Number(row?.keys ?? 0);
  } catch (error) {
    if (error instanceof Refusal) return true;
    throw error;
  }
}
