import { parseWindow, type Window } from '../base/window.ts';
import type { Checked } from '../check/checked.ts';
import { timingOf, windowOf } from '../model/metric-defaults.ts';
import type { Metric, Project, Source } from '../model/project.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import type { Entity, RowSelection, RowView, Spell, Together } from './metric-plan.ts';
import { Refusal } from './refusal.ts';
import { addUnits, cast, literal } from './scalars.ts';

/** What the metric looks at of the rows of a period. A filtered reuse says none of it itself. */
export function viewOf(checked: Checked, metric: Metric, definition: Metric, source: Source): RowView {
  const { project } = checked;
  const window = readWindow(project, metric);
  const together = togetherOf(checked, definition, source);
  const keep = definition.at?.text;
  const per = definition.atPer?.items.map((word) => columnAt(checked, source, word.text)) ?? [];
  return {
    ...(window === undefined ? {} : { window }),
    ...(keep === 'last' || keep === 'first' ? { at: { keep, per } } : {}),
    ...(together === undefined ? {} : { together }),
  };
}

/** The window of a metric; `undefined` where it has none. Refuses what cannot be read as one. */
export function readWindow(project: Project, metric: Metric): Window | undefined {
  const text = windowOf(project, metric)?.text;
  const window = text === undefined ? undefined : parseWindow(text);
  if (text !== undefined && window === undefined) throw new Refusal(`"${text}" is no window.`);
  return window;
}

function togetherOf(checked: Checked, { per, oncePer }: Metric, source: Source): Together | undefined {
  if (oncePer !== undefined) return { kind: 'once', links: oncePer.text.split('.') };
  return per === undefined ? undefined : { kind: 'per', entity: entityOf(checked, source, per.text) };
}

/** An entity as `per` names it: a column, a path or a link. */
export function entityOf(checked: Checked, source: Source, text: string): Entity {
  const links = text.split('.');
  if (checked.follow(source.name, links) !== undefined) return { kind: 'linked', links };
  return { kind: 'value', scalar: columnAt(checked, source, text) };
}

function columnAt(checked: Checked, source: Source, text: string): Scalar<NameRef> {
  const scalar = checked.resolvePath(text, source.name);
  if (scalar === undefined) throw new Refusal(`The source ${source.name} has no column "${text}".`);
  return scalar;
}

/** Section 5.1: `when` chooses the spell; else the metric's or the source's `time`; with neither it is a snapshot. */
export function selectRows(checked: Checked, metric: Metric, source: Source): RowSelection {
  const timing = timingOf(checked.project, metric);
  switch (timing?.kind) {
    case 'time':
      return { mode: 'event', time: timeAt(checked, source, timing.time.text) };
    case 'spells': {
      const mode = SPELL_MODES.find((known) => known === timing.when.text);
      if (mode !== undefined) return { mode, spell: spellOf(checked, source) };
      break;
    }
    case 'snapshot':
      return { mode: 'snapshot' };
  }
  throw new Refusal(
    `It does not say \`when\` a spell of ${source.name} counts: started, ended, active or during.`,
  );
}

const SPELL_MODES = ['started', 'ended', 'active', 'during'] as const;

/** The spell of a source's rows, its end made exclusive. */
export function spellOf(checked: Checked, source: Source): Spell {
  const { lifespan } = source;
  if (lifespan === undefined) throw new Refusal(`The source ${source.name} has no \`lifespan\`.`);
  const start = timeAt(checked, source, lifespan.start.text);
  if (lifespan.end === undefined) return { start, end: literal(null) };
  const end = timeAt(checked, source, lifespan.end.text);
  return { start, end: lifespan.endInclusive ? addUnits('day', 1, end) : end };
}

/** The time under a column or path of a source. Refuses what holds no dates. */
export function timeAt(checked: Checked, source: Source, text: string): Scalar<NameRef> {
  const scalar = checked.resolvePath(text, source.name);
  if (scalar === undefined) throw new Refusal(`The source ${source.name} has no column "${text}".`);
  // The type is not known of a column that is blank in every row, and of one whose data are not there.
  if (scalar.type === 'unknown') return cast(scalar, 'date');
  if (scalar.type !== 'date' && scalar.type !== 'timestamp') {
    throw new Refusal(`The column "${text}" of ${source.name} holds no dates, so that it cannot be a time.`);
  }
  return scalar;
}
