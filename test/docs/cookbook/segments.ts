import { type CsvRow, cell, type Tables } from '../../kit/csv-tables.ts';
import {
  count,
  distinct,
  divided,
  MONTHS,
  type OracleSeries,
  QUARTERS,
  seriesOf,
  share,
  total,
  within,
} from '../../samples/oracle-series.ts';
import type { SaasTables, SpellRow } from '../../samples/saas-tables.ts';
import type { Expectations, ExpectedPoint } from './expectations.ts';
import { meanOver, overEntities } from './harness/over-entities.ts';
import { bySize, saas } from './harness/saas.ts';

/** The recipes of `docs/cookbook/segments.md`. */
export const segments: Expectations = {
  mrr_per_account: saas(({ spells }) =>
    divided(
      '',
      seriesOf({ ...atClose(spells), value: total((row) => row.mrr), by: bySize }),
      seriesOf({ ...atClose(spells), value: distinct(({ account }) => account), by: bySize }),
    ),
  ),
  signups_by_industry: (tables) => {
    const counts = seriesOf({ ...signUps(tables, QUARTERS), value: count, by: { industry } });
    const all = counts[0]?.points ?? [];
    return pointsOf(counts, (value, index) => value / (all[index]?.value ?? 0));
  },
  new_accounts: (tables) => {
    const by = { region, channel: (row: CsvRow) => cell(row, 'acquisition_channel') };
    return pointsOf(seriesOf({ ...signUps(tables, MONTHS), value: count, by }));
  },
  share_of_champions: (tables) =>
    pointsOf(seriesOf({ ...signUps(tables, QUARTERS), value: share(isChampion), by: { industry } })),
  champions_active_days: (tables) => {
    const champions = new Set(tables('accounts').filter(isChampion).map(accountOf));
    const days = saas(({ events }: SaasTables) =>
      overEntities(
        events.filter(({ account }) => champions.has(account)),
        ({ user }) => user,
        {},
        meanOver((own) => new Set(own.map(({ day }) => day)).size),
      ),
    );
    return days(tables);
  },
};

const accountOf = (row: CsvRow): string => cell(row, 'account_id');
const industry = (row: CsvRow): string => cell(row, 'industry');

function region(row: CsvRow): string {
  const country = cell(row, 'country');
  if (['GB', 'IE'].includes(country)) return 'uk_and_ireland';
  return ['DE', 'FR', 'NL', 'ES'].includes(country) ? 'continent' : '(other)';
}

function isChampion(row: CsvRow): boolean {
  return cell(row, 'acquisition_channel') === 'referral' && Number(cell(row, 'employees')) >= 50;
}

function atClose(spells: readonly SpellRow[]) {
  return {
    metric: '',
    periods: MONTHS,
    rows: spells,
    holds: (spell: SpellRow, { end }: (typeof MONTHS)[number]) => spell.start < end && spell.end >= end,
  };
}

function signUps(tables: Tables, periods: typeof MONTHS) {
  const holds = (row: CsvRow, period: (typeof MONTHS)[number]) => within(cell(row, 'signed_up_on'), period);
  return { metric: '', periods, rows: tables('accounts'), holds };
}

function pointsOf(
  series: readonly OracleSeries[],
  adapt: (value: number, index: number) => number = (value) => value,
): readonly ExpectedPoint[] {
  return series.flatMap(({ group, points }) =>
    points.map((point, index) => ({
      ...point,
      group,
      value: point.value === null ? null : adapt(point.value, index),
    })),
  );
}
