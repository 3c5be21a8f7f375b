import { formatValue } from '../evaluate/format-value.ts';
import { statusWords } from '../evaluate/target-status.ts';
import { enumerateSome, type Words } from '../ide/prose/prose.ts';
import type { Cause } from './affected.ts';
import { counted } from './counted.ts';
import { CHANGE_CLASSES, type ChangeClass, type Fact, gravest, type Subject } from './fact.ts';
import type { ExampleFailure, MetricEffect, ProjectDiff, TargetFlip } from './project-diff.ts';
import { tellTogether } from './tell-together.ts';
import { changeWords, isEndedOtherwise, valueLines } from './value-words.ts';

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
  const items = limits.apart === true ? diff.metrics.map((effect) => [effect]) : tellTogether(diff.metrics);
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
    title: ['metric ', { code: affected.name }, ...(effect.isUnmeant ? [`: ${unmeantWords(effect)}`] : [])],
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

/** What became of a metric without a word of its own: "its values moved, and nobody changed its text". */
export function unmeantWords({ refused, moved, affected }: MetricEffect): string {
  const what = moved > 0 ? 'its values moved' : 'its last complete period is another';
  const text = affected.own.some((fact) => fact.class !== 'cosmetic') ? 'what it computes' : 'its text';
  return `${refused.after === null ? what : 'it has no values any more'}, and nobody changed ${text}`;
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
