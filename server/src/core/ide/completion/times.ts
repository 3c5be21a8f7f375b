import {
  type Day,
  dayOf,
  formatDay,
  formatPeriod,
  GRAINS,
  type Grain,
  parseDay,
  parsePeriod,
  periodAt,
} from '../../base/period.ts';
import { grainOf } from '../../model/metric-defaults.ts';
import { isMap, valueAtPath } from '../../schema/applicable.ts';
import type { IdeContext } from '../ide-context.ts';
import type { Candidate } from './item.ts';
import type { PlaceInFormat } from './item-context.ts';

/**
 * Periods around the day to which the data reaches, in the grain of the metric first, then in the others. Where no day is
 * known, those of the day that some source names; without any, none but `all`.
 */
export function periodCandidates(context: IdeContext, place: PlaceInFormat): Candidate[] {
  const today = lastDay(context);
  if (today === undefined) return [];
  const own = grainAround(context, place);
  const isAhead = place.key === 'due' || place.key === 'remove_after';
  const grains = [own, ...GRAINS.filter((grain) => grain !== own)];
  return grains.flatMap((grain, order): Candidate[] => {
    if (grain === 'all') return order === 0 ? [candidate('all', 'all of the data', 1)] : [];
    const periods = isAhead ? around(grain, today, 0, 4) : around(grain, today, -3, 0).reverse();
    return periods.map((text) => candidate(text, grain, order === 0 ? 1 : 2 + order));
  });
}

/** Days that the project names: up to where the data reaches, and the ends of the months around it. */
export function dateCandidates(context: IdeContext): Candidate[] {
  const today = lastDay(context);
  if (today === undefined) return [];
  const days = new Set<Day>([today]);
  for (const text of around('month', today, -3, 0).reverse()) {
    const [year, month] = text.split('-').map(Number);
    days.add(dayOf(year ?? 0, (month ?? 1) + 1, 1) - 1);
  }
  return [...days].map((day) => candidate(formatDay(day), day === today ? 'as of' : 'end of month', 1));
}

/** Lengths of time that are common, in whole units. */
export function durationCandidates(schema: string): Candidate[] {
  const words =
    schema === 'window'
      ? ['28 days', '7 days', '90 days', '3 months', '12 months', ...TO_DATE]
      : schema === 'time_limit'
        ? ['24 hours', '48 hours', '7 days', '14 days', '30 days', '3 months']
        : ['7 days', '30 days', '3 months', '6 months', '12 months', '1 year'];
  return words.map((word) => candidate(word, undefined, 5));
}

const TO_DATE = ['month_to_date', 'quarter_to_date', 'year_to_date', 'all_time'];

/** The names of time zones, where the platform lists them; `UTC` and the zones of the project first. */
export function timezoneCandidates({ checked }: IdeContext): Candidate[] {
  const { settings, sources } = checked.project;
  const used = [settings.timezone, ...[...sources.values()].flatMap(({ timezone }) => timezone?.text ?? [])];
  const intl: { supportedValuesOf?: (key: 'timeZone') => string[] } = Intl;
  const all = intl.supportedValuesOf?.('timeZone') ?? [];
  return [...new Set([...used, 'UTC', ...all])].map((zone, index) =>
    candidate(zone, undefined, index <= used.length ? 3 : 5),
  );
}

/** Codes of currencies, where the platform lists them. */
export function currencyCandidates(): Candidate[] {
  const intl: { supportedValuesOf?: (key: 'currency') => string[] } = Intl;
  const all = intl.supportedValuesOf?.('currency') ?? [];
  return [...new Set(['EUR', 'USD', 'GBP', ...all])].map((code, index) =>
    candidate(code, undefined, index < 3 ? 3 : 5),
  );
}

function candidate(label: string, detail: string | undefined, rank: number): Candidate {
  return { label, kind: label.includes('/') ? 'value' : 'period', detail, rank };
}

/**
 * The last day that counts: the project's, or the latest that a source declares or that is known of its data; where nothing
 * is, the latest that a target or an example speaks of.
 */
export function lastDay({ checked, numbers }: IdeContext): Day | undefined {
  const { settings, sources, metrics, targets } = checked.project;
  const own = settings.asOf === undefined ? undefined : parseDay(settings.asOf);
  if (own !== undefined) return own;
  const days = [...sources.values()].flatMap(({ name, asOf }) => {
    const known = asOf?.text ?? numbers?.source(name)?.value.asOf ?? undefined;
    return known === undefined ? [] : (parseDay(known) ?? []);
  });
  if (days.length > 0) return Math.max(...days);
  const periods = [
    ...[...targets.values()].map(({ due }) => due),
    ...[...metrics.values()].flatMap(({ examples }) => examples.map(({ period }) => period)),
  ];
  const ends = periods.flatMap((word) => {
    const period = word === undefined ? undefined : parsePeriod(word.text);
    return period === undefined || period.grain === 'all' ? [] : [period.end - 1];
  });
  return ends.length === 0 ? undefined : Math.max(...ends);
}

/** The periods of a grain from `from` to `to` places away from that of a day. */
function around(grain: Exclude<Grain, 'all'>, day: Day, from: number, to: number): string[] {
  let period = periodAt(grain, day);
  for (let step = 0; step > from; step--) period = periodAt(grain, period.start - 1);
  const texts: string[] = [];
  for (let step = from; step <= to; step++) {
    texts.push(formatPeriod(period));
    period = periodAt(grain, period.end);
  }
  return texts;
}

/** The grain of the metric that a place is about. */
function grainAround({ checked }: IdeContext, { plain, path }: PlaceInFormat): Grain {
  const { project, kinds } = checked;
  const around = valueAtPath(plain, path.slice(0, 2));
  const written = isMap(around) ? (around.grain ?? around.each) : undefined;
  const named = GRAINS.find((grain) => grain === written);
  if (named !== undefined) return named;
  if (path[0] === 'targets') return 'quarter';
  const metric = path[0] === 'metrics' ? project.metrics.get(String(path[1])) : undefined;
  return metric === undefined ? project.settings.grain : grainOf(project, kinds, metric);
}
