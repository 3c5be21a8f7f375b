import { formatDifference, formatValue, type ValueFormat } from '../evaluate/format-value.ts';
import { statusWords } from '../evaluate/target-status.ts';
import { enumerateSome, type Words } from '../ide/prose/prose.ts';
import type { Cause } from './affected.ts';
import { type Headline, isMoved, isOtherHeadline, type ValueChange } from './compare-series.ts';
import { CHANGE_CLASSES, type ChangeClass, type Fact, gravest, type Subject } from './fact.ts';
import type { ExampleFailure, MetricEffect, ProjectDiff, TargetFlip } from './project-diff.ts';

/** A comparison in words, for faces to print. Whatever stands in the words is escaped by who prints them. */
export interface DiffProse {
  /** One line: how much changed, and how gravely. */
  readonly summary: Words;
  /** Metrics whose groups alone moved, and for one reason, are one item. */
  readonly metrics: readonly (ItemProse & { readonly names: readonly string[] })[];
  /** What changed of definitions other than the metrics above. */
  readonly others: readonly (ItemProse & { readonly subject: Subject })[];
  readonly targets: readonly Words[];
  readonly examples: readonly Words[];
  /** What the limits left out, and what has to be known of the data. */
  readonly notes: readonly Words[];
}

/** A definition and what is to be said of it. */
export interface ItemProse {
  readonly title: Words;
  readonly class: ChangeClass;
  /** What changed: of its own text, and of what it rests on. */
  readonly changes: readonly Words[];
  /** What that does to its numbers. */
  readonly effects: readonly Words[];
}

/** How much is told at most. What is left out is counted. */
export interface ProseLimits {
  readonly metrics: number;
  readonly others: number;
  /** Lines of one definition, and of targets and examples. */
  readonly lines: number;
  /** Whether each metric is an item of its own, in their order. */
  readonly apart?: boolean;
}

const LIMITS: ProseLimits = { metrics: 50, others: 50, lines: 20 };

/** Says what a comparison has found, the most urgent first. */
export function diffProse(diff: ProjectDiff, limits: ProseLimits = LIMITS): DiffProse {
  const told = new Set(diff.metrics.map(({ affected }) => affected.name));
  const rest = bySubject(
    diff.facts.filter(({ subject }) => !(subject.kind === 'metric' && told.has(subject.name))),
  );
  const items = limits.apart === true ? diff.metrics.map((effect) => [effect]) : together(diff.metrics);
  const metrics = items.slice(0, limits.metrics);
  const shown = metrics.flat().length;
  const others = rest.slice(0, limits.others);
  return {
    summary: summaryWords(diff),
    metrics: metrics.map((effects) => ({
      ...itemProse(effects, limits),
      names: effects.map(({ affected }) => affected.name),
    })),
    others: others.map((facts) => otherProse(facts, limits)),
    targets: cut(diff.flips.map(flipWords), limits.lines, 'target'),
    examples: cut(
      diff.failures.map((failure) => failureWords(failure, diff)),
      limits.lines,
      'example',
    ),
    notes: [
      ...(diff.data.length === 0
        ? []
        : [['The data of ', ...enumerateSome(changedData(diff), limits.lines), ' changed.']]),
      ...left(diff.metrics.length - shown, 'metric'),
      ...left(rest.length - others.length, 'other definition'),
    ],
  };
}

/** The sources whose data are others, each with its rows. */
function changedData({ data, dataRows }: ProjectDiff): readonly Words[] {
  return data.map((code) => {
    const rows = dataRows.find(({ source }) => source === code);
    if (rows === undefined) return [{ code }];
    const was = rows.before === rows.after ? 'as before' : `before ${rows.before}`;
    return [{ code }, ` (${counted(rows.after, 'row')}, ${was})`];
  });
}

function left(count: number, what: string): readonly Words[] {
  return count <= 0 ? [] : [[`${counted(count, what)} more ${count === 1 ? 'is' : 'are'} not shown.`]];
}

function cut(lines: readonly Words[], most: number, what: string): readonly Words[] {
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  return [...kept, [`${counted(lines.length - most, what)} more.`]];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function codes(names: readonly string[]): readonly Words[] {
  return names.map((code) => [{ code }]);
}

function summaryWords({ facts, metrics, data, flips, failures }: ProjectDiff): Words {
  if (facts.length === 0 && data.length === 0) return ['Nothing changed by meaning.'];
  const classes = CHANGE_CLASSES.flatMap((of) => {
    const count = facts.filter((fact) => fact.class === of).length;
    return count === 0 ? [] : [`${count} ${of === 'values' || of === 'targets' ? `of ${of}` : of}`];
  });
  const changes =
    facts.length === 0
      ? 'No definition changed'
      : `${counted(facts.length, 'change')} (${classes.join(', ')})`;
  const moved = metrics.filter((effect) => effect.moved > 0).length;
  const unmeant = metrics.filter((effect) => effect.isUnmeant && effect.moved > 0).length;
  const ended = metrics.filter(isEndedOtherwise).length;
  return [
    `${changes}; the values of ${counted(moved, 'metric')} moved`,
    ...(unmeant === 0
      ? []
      : [`, ${unmeant} of them without a change of ${unmeant === 1 ? 'its' : 'their'} own`]),
    ...(ended === 0
      ? []
      : [`; ${counted(ended, 'metric')} ${ended === 1 ? 'has' : 'have'} another last complete period`]),
    ...(flips.length === 0 ? [] : [`; ${counted(flips.length, 'target')} changed status`]),
    ...(failures.length === 0
      ? []
      : [`; ${counted(failures.length, 'example')} now ${failures.length === 1 ? 'fails' : 'fail'}`]),
    '.',
  ];
}

function bySubject(facts: readonly Fact[]): readonly (readonly Fact[])[] {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const key = `${fact.subject.kind} ${fact.subject.name}`;
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  return [...groups.values()];
}

function otherProse(facts: readonly Fact[], limits: ProseLimits): DiffProse['others'][number] {
  const [first] = facts;
  const subject = first?.subject ?? { kind: 'settings', name: '' };
  return {
    subject,
    title: subjectWords(subject),
    class: gravest(facts),
    changes: cut(facts.map(factWords), limits.lines, 'change'),
    effects: [],
  };
}

function subjectWords({ kind, name }: Subject): Words {
  return kind === 'settings' ? ['the settings in ', { code: name }] : [`${kind} `, { code: name }];
}

/** A fact with its class, as it is read below its subject. */
function factWords(fact: Fact): Words {
  return [...fact.words, ` (${fact.class})`];
}

/** So many metrics that move in one way are told together. */
const TOGETHER = 3;

/** The metrics in their order, those together whose groups alone moved and for one reason: a segment that is cut otherwise moves many. */
function together(metrics: readonly MetricEffect[]): readonly (readonly MetricEffect[])[] {
  const reasons = new Map<string, MetricEffect[]>();
  for (const effect of metrics) {
    const reason = reasonOfGroups(effect);
    if (reason !== undefined) reasons.set(reason, [...(reasons.get(reason) ?? []), effect]);
  }
  const told = new Set<string>();
  return metrics.flatMap((effect): readonly (readonly MetricEffect[])[] => {
    const reason = reasonOfGroups(effect);
    const alike = reason === undefined ? undefined : reasons.get(reason);
    if (reason === undefined || alike === undefined || alike.length < TOGETHER) return [[effect]];
    if (told.has(reason)) return [];
    told.add(reason);
    return [alike];
  });
}

/** Stands for why the groups of a metric moved, where nothing else of it did; `undefined` where something did. */
function reasonOfGroups({
  affected,
  headline,
  totals,
  moved,
  refused,
  lost,
  clauses,
  rows,
}: MetricEffect): string | undefined {
  const isMore = affected.own.length + affected.data.length + lost.length + clauses.length + rows.length > 0;
  if (isMore || moved === 0 || refused.before !== null || refused.after !== null) return undefined;
  if (
    isOtherHeadline(headline) ||
    totals.some(isMoved) ||
    affected.causes.some(({ reaches }) => reaches !== 'groups')
  )
    return undefined;
  return JSON.stringify(affected.causes.map(({ fact, through }) => [through, fact.path, fact.was, fact.is]));
}

function itemProse(effects: readonly MetricEffect[], limits: ProseLimits): ItemProse {
  const [first] = effects;
  if (first === undefined) throw new Error('An item is about something.');
  if (effects.length === 1) return metricProse(first, limits);
  return {
    title: [`${effects.length} metrics: their groups moved, their totals did not`],
    class: first.affected.class,
    changes: cut(causeLines(first.affected.causes), limits.lines, 'change'),
    effects: cut(effects.map(groupsLine), limits.lines, 'metric'),
  };
}

/** `nps: 14 of 64 values moved, the most in 2023-Q4, small: 52.4 before, 44.4 after, -7.9`. */
function groupsLine({ affected, largest, moved, compared, format }: MetricEffect): Words {
  return [
    { code: affected.name },
    `: ${moved} of ${counted(compared, 'value')} moved`,
    ...(largest === undefined ? [] : [', the most in ', ...changeWords(largest, format)]),
  ];
}

function metricProse(effect: MetricEffect, limits: ProseLimits): ItemProse {
  const { affected } = effect;
  return {
    title: [
      'metric ',
      { code: affected.name },
      ...(effect.isUnmeant
        ? [
            `: ${unmeantWords(effect)}, and nobody changed ${affected.own.some((fact) => fact.class !== 'cosmetic') ? 'what it computes' : 'its text'}`,
          ]
        : []),
    ],
    class: affected.class,
    changes: [
      ...cut([...affected.own.map(factWords), ...causeLines(affected.causes)], limits.lines, 'change'),
      ...(affected.data.length === 0
        ? []
        : [['the data of ', ...enumerateSome(codes(affected.data), limits.lines), ' changed']]),
    ],
    effects: [
      ...valueLines(effect),
      ...effect.lost.map(
        ({ by, reason }): Words => ['cannot be broken down by ', { code: by }, ' any more: ', reason],
      ),
      ...clauseLines(effect),
    ],
  };
}

/** What became of a metric without a word of its own. */
function unmeantWords({ refused, moved }: MetricEffect): string {
  if (refused.after !== null) return 'it has no values any more';
  return moved > 0 ? 'its values moved' : 'its last complete period is another';
}

/** Why a metric changed that says what it said: "rests on the segment `size`: …". What one definition says otherwise is told together. */
function causeLines(causes: readonly Cause[]): readonly Words[] {
  const groups = new Map<string, Cause[]>();
  for (const cause of causes) {
    const key = JSON.stringify([cause.through, cause.reaches]);
    groups.set(key, [...(groups.get(key) ?? []), cause]);
  }
  return [...groups.values()].map((group): Words => {
    const [first] = group;
    if (first === undefined) return [];
    const facts = group
      .slice(0, MOST_FACTS)
      .flatMap(({ fact }, index): Words => [...(index === 0 ? [] : ['; ']), ...fact.words]);
    const more = group.length > MOST_FACTS ? [`; and ${group.length - MOST_FACTS} more`] : [];
    const where: Words = first.reaches === 'groups' ? [' (which can move its groups only)'] : [];
    return [...wayWords(first.through), ': ', ...facts, ...more, ...where];
  });
}

/** So many facts of one definition are told below a metric; its own entry has all of them. */
const MOST_FACTS = 4;

function wayWords(through: readonly Subject[]): Words {
  return through.flatMap(
    (subject, index): Words => [index === 0 ? 'rests on ' : ', which rests on ', ...subjectWords(subject)],
  );
}

function valueLines(effect: MetricEffect): readonly Words[] {
  const { refused, affected, grain, headline, last, largest, compared, moved, format } = effect;
  if (refused.after !== null) return [['has no value now: ', refused.after]];
  if (affected.was === undefined) {
    const { after: now } = headline;
    return now === null ? [] : [[`${now.period}: ${formatValue(now.value, format)}`]];
  }
  if (grain.after === null) return [];
  if (refused.before !== null) return [['had no value before: ', refused.before]];
  if (grain.before !== grain.after) {
    const told = ({ period, value }: NonNullable<typeof headline.before>): string =>
      `${formatValue(value, format)} in ${period}`;
    return [
      [
        `had one value a ${grain.before} and has one a ${grain.after}`,
        ...(headline.before === null ? [] : [`; it was ${told(headline.before)}`]),
        ...(headline.after === null ? [] : [`, and is ${told(headline.after)}`]),
      ],
    ];
  }
  const latest = headlineLines(headline, format);
  if (compared === 0) return [...latest, ['has no complete period in both versions']];
  if (moved === 0) return [...latest, [`none of its ${counted(compared, 'value')} moved`]];
  const isListed = largest !== undefined && last.some((one) => one === largest);
  return [
    ...latest,
    ...lastLines(last, format),
    ...(largest === undefined || isListed
      ? []
      : [['the largest change is in ', ...changeWords(largest, format)]]),
    [`${moved} of ${counted(compared, 'value')} moved`],
  ];
}

/** Periods of another length are told as such. */
function isEndedOtherwise({ headline, grain }: MetricEffect): boolean {
  return grain.before === grain.after && isOtherHeadline(headline);
}

/** The value that everybody sees first is of another period, be each value what it was. */
function headlineLines(headline: MetricEffect['headline'], format: ValueFormat): readonly Words[] {
  const { before, after } = headline;
  if (before === null || after === null || !isOtherHeadline(headline)) return [];
  const told = ({ period, value }: Headline): string => `${period} with ${formatValue(value, format)}`;
  return [[`its last complete period is now ${told(after)}, before ${told(before)}`]];
}

/** Periods in which nothing moved are told in one line. */
function lastLines(last: readonly ValueChange[], format: ValueFormat): readonly Words[] {
  const [first, latest] = [last[0], last.at(-1)];
  if (first === undefined || latest === undefined) return [];
  if (last.some(isMoved) || last.length === 1) return last.map((change) => changeWords(change, format));
  return [
    [
      `its total is as before: ${formatValue(latest.after, format)} in ${latest.period}, and so back to ${first.period}`,
    ],
  ];
}

/** `2025-05: 42.0 % was 40.0 %, +2.0 pp`, and what each of definition and data did where both changed. */
function changeWords(change: ValueChange, format: ValueFormat): Words {
  const { period, group, before, after, parts } = change;
  const of = Object.values(group);
  const at: Words = [period, ...(of.length === 0 ? [] : [', ', { code: of.join(', ') }]), ': '];
  if (!isMoved(change))
    return [...at, `${formatValue(after, format)}, as before`, ...partWords(parts, change.change, format)];
  const size = change.change === null ? [] : [`, ${signedDifference(change.change, format)}`];
  return [
    ...at,
    `${formatValue(before, format)} before, ${formatValue(after, format)} after`,
    ...size,
    ...partWords(parts, change.change, format),
  ];
}

function partWords(parts: ValueChange['parts'], change: number | null, format: ValueFormat): Words {
  if (change === null) return [];
  if (parts === null) return [' (what the definition and the data did cannot be told apart)'];
  const { definition, data, interaction } = parts;
  if (definition === change && data === 0) return [];
  if (data === change) return [' (all of it from the data)'];
  return [
    ` (the definition ${signedDifference(definition, format)}, the data ${signedDifference(data, format)}, both together ${signedDifference(interaction, format)})`,
  ];
}

/** A difference with its sign, in the unit of its values: `+2.0 pp`, `-€30.00`. */
export function signedDifference(change: number, format: ValueFormat): string {
  const size = formatDifference(change, format);
  if (!/[1-9]/.test(size)) return change === 0 ? size : `${change > 0 ? '+' : '-'}${size} or less`;
  return `${change > 0 ? '+' : '-'}${size}`;
}

function clauseLines({ clauses, rows, affected }: MetricEffect): readonly Words[] {
  return [
    ...clauses.map(({ clause, change, rows: count, metric }): Words => {
      const of: Words = metric === affected.name ? [] : [' of ', { code: metric }];
      return [
        { code: clause },
        ...of,
        change === 'added'
          ? `: ${counted(count, 'row')} lost to it`
          : `: ${counted(count, 'row')} gained without it`,
      ];
    }),
    ...rows.map(
      ({ source, before, after }): Words => [
        { code: source },
        ` has ${counted(after, 'row')}, before ${before}`,
      ],
    ),
  ];
}

function flipWords({ target, metric, before, after }: TargetFlip): Words {
  const told = (side: TargetFlip['before']): string =>
    side === null ? 'without a status' : `${statusWords(side.status)} in ${side.period}`;
  return [{ code: target }, ' (', { code: metric }, `): ${told(before)} before, ${told(after)} after`];
}

function failureWords(
  { metric, number, expected, computed, refused }: ExampleFailure,
  diff: ProjectDiff,
): Words {
  const format = diff.metrics.find(({ affected }) => affected.name === metric)?.format ?? { unit: 'number' };
  const at: Words = ['example ', String(number), ' of ', { code: metric }];
  if (refused !== null) return [...at, ' cannot be computed now: ', refused];
  return [...at, ` expects ${formatValue(expected, format)}, and is ${formatValue(computed, format)}`];
}
