import { MONTHS, type OracleSeries, type Period, type Value, within } from './oracle-series.ts';
import type { EventRow, SaasTables, SpellRow } from './saas-tables.ts';

// Customers over time, by looking at who is there at two moments.

type Groups = Readonly<Record<string, string>>;

/** Who is there at a moment: what each account pays, and the groups it is in. */
type Present = ReadonlyMap<string, { readonly mrr: number; readonly groups: Groups }>;

/** Spells end before the day under `end`, so that at the beginning of a day those are there that began before it and end on it or later. */
function presentAt(spells: readonly SpellRow[], moment: string): Present {
  const found = new Map<string, { mrr: number; groups: Groups }>();
  for (const { account, mrr, plan, size, start, end } of spells) {
    if (start >= moment || end < moment) continue;
    found.set(account, {
      mrr: (found.get(account)?.mrr ?? 0) + mrr,
      groups: { company_size: size, plan },
    });
  }
  return found;
}

function activeIn(events: readonly EventRow[], period: Period): Present {
  return new Map(
    events
      .filter(({ day }) => within(day, period))
      .map(({ account, size }) => [account, { mrr: 0, groups: { company_size: size } }]),
  );
}

interface Change {
  readonly opening: Present;
  readonly closing: Present;
  readonly period: Period;
}

/** A series over the months of the total and of each group of a segment, from who is there at the beginning and the end. */
function series(
  metric: string,
  changes: readonly Change[],
  value: (change: Change, belongs: (groups: Groups | undefined) => boolean) => Value,
  segments: readonly string[] = [],
): readonly OracleSeries[] {
  const over = (group: string | undefined): OracleSeries => ({
    metric,
    group,
    points: changes.map((change) => ({
      period: change.period.name,
      ...value(change, (groups) => {
        const [segment = '', label] = group?.split('.') ?? [];
        return group === undefined || groups?.[segment] === label;
      }),
    })),
  });
  const labels = segments.flatMap((segment) => {
    const seen = changes.flatMap(({ opening, closing }) => [...opening.values(), ...closing.values()]);
    return [...new Set(seen.map(({ groups }) => groups[segment]))].map((label) => `${segment}.${label}`);
  });
  return [undefined, ...labels].map(over);
}

const share = (above: number, below: number, n: number): Value => ({
  value: below === 0 ? null : above / below,
  n,
});

/** The accounts of the opening that belong to a group, and those of them that are there at the close. */
function stayed({ opening, closing }: Change, belongs: (groups: Groups | undefined) => boolean) {
  const before = [...opening].filter(([, { groups }]) => belongs(groups));
  return { before, after: before.filter(([account]) => closing.has(account)) };
}

const paid = (present: Present, accounts: readonly (readonly [string, unknown])[]): number =>
  accounts.reduce((sum, [account]) => sum + (present.get(account)?.mrr ?? 0), 0);

/** The series of `retention.metrics.yaml`. */
export function lifecycle({ spells, events }: SaasTables): readonly OracleSeries[] {
  const monthly = MONTHS.map((period): Change => {
    return { opening: presentAt(spells, period.start), closing: presentAt(spells, period.end), period };
  });
  const yearly = MONTHS.map((period): Change => {
    const yearBefore = `${Number(period.end.slice(0, 4)) - 1}${period.end.slice(4)}`;
    return { opening: presentAt(spells, yearBefore), closing: presentAt(spells, period.end), period };
  });
  const active = MONTHS.map((period, index): Change => {
    const before = MONTHS[index - 1];
    return {
      opening: before === undefined ? new Map() : activeIn(events, before),
      closing: activeIn(events, period),
      period,
    };
  });
  const kept = (change: Change, belongs: (groups: Groups | undefined) => boolean): Value => {
    const { before, after } = stayed(change, belongs);
    return share(after.length, before.length, before.length);
  };
  const isKnown = (account: string, day: string): boolean =>
    spells.some((spell) => spell.account === account && spell.start < day && spell.end > spell.start);
  const arrived = (known: boolean) => (change: Change, belongs: (groups: Groups | undefined) => boolean) => ({
    value: [...change.closing].filter(
      ([account, { groups }]) =>
        belongs(groups) && !change.opening.has(account) && isKnown(account, change.period.start) === known,
    ).length,
  });
  return [
    ...series('customer_retention', monthly, kept, ['company_size', 'plan']),
    ...series(
      'customer_churn',
      monthly,
      (change, belongs) => {
        const { before, after } = stayed(change, belongs);
        return share(before.length - after.length, before.length, before.length);
      },
      ['company_size'],
    ),
    ...series('churn_on_average_base', monthly, (change) => averageChurn(change, spells)),
    ...series(
      'net_revenue_retention',
      yearly,
      (change, belongs) => {
        const { before } = stayed(change, belongs);
        return share(paid(change.closing, before), paid(change.opening, before), before.length);
      },
      ['company_size'],
    ),
    ...series(
      'gross_revenue_retention',
      yearly,
      (change, belongs) => {
        const { before } = stayed(change, belongs);
        const left = before.reduce(
          (sum, [account, { mrr }]) => sum + Math.min(mrr, change.closing.get(account)?.mrr ?? 0),
          0,
        );
        return share(left, paid(change.opening, before), before.length);
      },
      ['company_size'],
    ),
    ...series('accounts_won', monthly, arrived(false), ['company_size']),
    ...series('accounts_returned', monthly, arrived(true)),
    ...series(
      'accounts_lost',
      monthly,
      (change, belongs) => {
        const { before, after } = stayed(change, belongs);
        return { value: before.length - after.length };
      },
      ['company_size'],
    ),
    ...series(
      'expansion',
      monthly,
      (change, belongs) => {
        const { after } = stayed(change, belongs);
        const more = after.map(([account, { mrr }]) => (change.closing.get(account)?.mrr ?? 0) - mrr);
        return { value: more.filter((amount) => amount > 0).reduce((sum, amount) => sum + amount, 0) };
      },
      ['company_size'],
    ),
    ...cohorts(spells),
    ...series('product_retention', active, kept, ['company_size']),
  ];
}

function averageChurn({ opening, closing, period }: Change, spells: readonly SpellRow[]): Value {
  const begun = spells.filter((spell) => within(spell.start, period) && spell.end > spell.start);
  const exposed = new Set([...opening.keys(), ...begun.map(({ account }) => account)]);
  const gone = [...exposed].filter((account) => !closing.has(account));
  return share(gone.length, (opening.size + closing.size) / 2, exposed.size);
}

/** Of the accounts whose first spell began in a month, those with a spell at any time in the month three later. */
function cohorts(spells: readonly SpellRow[]): readonly OracleSeries[] {
  const valid = spells.filter(({ start, end }) => end > start);
  const first = new Map<string, SpellRow>();
  for (const spell of valid) {
    const known = first.get(spell.account);
    if (known === undefined || spell.start < known.start) first.set(spell.account, spell);
  }
  const over = (group: string | undefined): OracleSeries => ({
    metric: 'still_here_after_3_months',
    group: group === undefined ? undefined : `company_size.${group}`,
    points: MONTHS.map((period, index) => {
      const later = MONTHS[index + 3];
      const joined = [...first.values()].filter(
        ({ start, size }) => within(start, period) && (group === undefined || size === group),
      );
      if (later === undefined) return { period: period.name, value: null, n: 0 };
      const there = joined.filter(({ account }) =>
        valid.some(
          (spell) => spell.account === account && spell.start < later.end && spell.end > later.start,
        ),
      );
      return { period: period.name, ...share(there.length, joined.length, joined.length) };
    }),
  });
  return [undefined, ...new Set(valid.map(({ size }) => size))].map(over);
}
