import type { Cancel } from '../base/cancel.ts';
import type { ColumnInfo } from '../check/checked.ts';
import { cellText } from '../evaluate/cell-text.ts';
import { type EvaluationOptions, type Evaluator, runContext } from '../evaluate/evaluate.ts';
import { requireOneArrival } from '../evaluate/links.ts';
import { headlineSteps, plannedScans } from '../evaluate/planned-scans.ts';
import { type RunContext, runSelect } from '../evaluate/run-demands.ts';
import { runExample } from '../evaluate/run-examples.ts';
import { dependenciesOf } from '../model/metric-references.ts';
import { unitOf } from '../model/metric-unit.ts';
import type { ExpressionWord, Metric } from '../model/project.ts';
import { readExample } from '../model/read-example.ts';
import { planPreviewRows, type StepsAt } from '../plan/plan-steps.ts';
import { Refusal } from '../plan/refusal.ts';
import { literal, nameOf, test } from '../plan/scalars.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import { childrenOf } from '../syntax/expression/scalar.ts';
import { parseYaml } from '../syntax/yaml/parse.ts';
import type { ScalarNode, YamlNode } from '../syntax/yaml/tree.ts';
import type { Change } from './clause.ts';

/** An example that a clause makes a difference to. */
export interface ProposedExample {
  readonly metric: string;
  /** The row of the data that it is made of. */
  readonly source: string;
  readonly row: number;
  /** As an item of `examples`, in one line of YAML. */
  readonly yaml: string;
  /** The value with the clause, and without it. */
  readonly value: string;
  readonly otherwise: string;
}

/** A metric in a project, and in the project with one of the metric's clauses changed. */
export interface TwoStates {
  readonly written: State;
  readonly changed: State;
  readonly signal: Cancel | undefined;
}

interface State {
  readonly evaluator: Evaluator;
  readonly metric: Metric;
}

/**
 * Looks for a row of the data for which a condition of a metric is another one than the changed condition, and makes an example of it: of
 * the columns that the metric uses, in a period of its own. `undefined` where there is none, or where a single row does not show the difference.
 */
export async function proposeExample(
  states: TwoStates,
  { node, put }: Change,
): Promise<ProposedExample | undefined> {
  if (node.kind !== 'scalar' || put?.kind !== 'scalar') return undefined;
  try {
    // A row that the clause keeps out is met by the changed metric only, one that it lets in by the metric as it is.
    for (const { evaluator, metric } of [states.written, states.changed]) {
      const context = runContext(evaluator, optionsOf(states));
      const scans = await plannedScans(evaluator, context, metric, { grain: 'all' });
      for (const at of headlineSteps(scans)) {
        const differs = difference(states, at.plan.source, node, put);
        const row = differs && (await firstRow(context, states.written, at, differs));
        const example = row && (await exampleOf(states, at.plan.source, row));
        if (example !== undefined) return example;
      }
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  return undefined;
}

function optionsOf({ signal }: TwoStates): EvaluationOptions {
  return signal === undefined ? {} : { signal };
}

/** What is true of a row for which the one condition holds and the other does not; `undefined` for what is no condition on a row. */
function difference(
  { written, changed }: TwoStates,
  source: string,
  node: ScalarNode,
  put: ScalarNode,
): Scalar<NameRef> | undefined {
  const before = written.evaluator.checked.resolve(wordOf(node), source);
  const after = changed.evaluator.checked.resolve(wordOf(put), source);
  if (before?.type !== 'boolean' || after?.type !== 'boolean' || hasAggregate(before)) return undefined;
  return test('<>', holds(before), holds(after));
}

function wordOf(node: ScalarNode): ExpressionWord {
  return { text: node.text, node, role: 'where' };
}

function holds(condition: Scalar<NameRef>): Scalar<NameRef> {
  return { kind: 'call', type: 'boolean', fn: 'coalesce', args: [condition, literal(false)] };
}

function hasAggregate(scalar: Scalar<NameRef>): boolean {
  return scalar.kind === 'aggregate' || childrenOf(scalar).some(hasAggregate);
}

interface FoundRow {
  readonly row: number;
  readonly cells: readonly { readonly name: string; readonly text: string }[];
}

async function firstRow(
  context: RunContext,
  written: State,
  at: StepsAt,
  differs: Scalar<NameRef>,
): Promise<FoundRow | undefined> {
  const columns = columnsOf(written, at);
  const cells = columns.map(({ name, type }) =>
    nameOf<NameRef>({ at: 'row', links: [], column: name }, type),
  );
  const plan = { ...at.plan, where: [...at.plan.where, differs] };
  const { select, links } = planPreviewRows(
    context.checked,
    context.storage,
    { ...at, plan },
    'counting',
    cells,
    1,
  );
  await requireOneArrival(context, links);
  const [found] = await runSelect(context, select);
  if (found === undefined) return undefined;
  return {
    row: Number(found.row),
    cells: columns.flatMap(({ name, type }, index) => {
      const text = cellText(found[`cell_${index + 1}`] ?? null, type);
      return text === null ? [] : [{ name, text }];
    }),
  };
}

/** The columns of the data that a metric uses of a measure's source, but for those that say when: an example has a period of its own. */
function columnsOf({ evaluator: { checked }, metric }: State, { plan }: StepsAt): readonly ColumnInfo[] {
  const source = checked.project.sources.get(plan.source);
  const times = [source?.time, source?.lifespan?.start, source?.lifespan?.end].map((word) => word?.text);
  const parts = [metric, ...dependenciesOf(checked.project, checked.kinds, metric)];
  const used = new Set(
    parts.flatMap((part) =>
      checked.needs
        .ofMetric(part)
        .columns.flatMap((need) => (need.source === plan.source ? [need.column] : [])),
    ),
  );
  const infos = [...(checked.columns.get(plan.source)?.columns.values() ?? [])];
  return infos.filter(({ name, origin }) => origin === 'file' && used.has(name) && !times.includes(name));
}

async function exampleOf(
  states: TwoStates,
  source: string,
  { row, cells }: FoundRow,
): Promise<ProposedExample | undefined> {
  const given = cells.map(({ name, text }) => `${scalarText(name)}: ${scalarText(text)}`).join(', ');
  const rest = `given: { ${source}: [{ ${given} }] }`;
  const node: YamlNode | undefined = parseYaml(`{ ${rest}, expect: 0 }`).root;
  const example = node && readExample(node);
  if (example === undefined) return undefined;
  const { evaluator, metric } = states.written;
  const options = optionsOf(states);
  const one = await runExample(evaluator, metric, example, options);
  const two = await runExample(states.changed.evaluator, states.changed.metric, example, options);
  if (one.computed === undefined || two.computed === undefined) return undefined;
  const isPercent = unitOf(evaluator.checked.project, evaluator.checked.kinds, metric) === 'percent';
  const [value, otherwise] = [
    valueText(one.computed.value, isPercent),
    valueText(two.computed.value, isPercent),
  ];
  if (value === otherwise) return undefined;
  const yaml = `{ ${rest}, expect: ${value} }`;
  return { metric: metric.name, source, row, yaml, value: shown(value), otherwise: shown(otherwise) };
}

function shown(value: string): string {
  return value === 'null' ? 'no data' : value;
}

function valueText(value: number | null, isPercent: boolean): string {
  if (value === null) return 'null';
  return isPercent ? `${Number((value * 100).toFixed(2))}%` : String(Number(value.toFixed(4)));
}

/** A cell as YAML reads it back in a flow map. */
function scalarText(text: string): string {
  const plain = /^([A-Za-z_][A-Za-z0-9_]*|-?\d+(\.\d+)?|\d{4}-\d{2}-\d{2})$/;
  return plain.test(text) ? text : JSON.stringify(text);
}
