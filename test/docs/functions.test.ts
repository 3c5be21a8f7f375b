import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { WITH_NULL } from '../../scripts/docs/function-table.ts';
import { evaluate } from '../../server/src/core/evaluate/evaluate.ts';
import { countingRows } from '../../server/src/core/evaluate/preview-rows.ts';
import type { QueryEngine } from '../../server/src/core/ports.ts';
import { FUNCTIONS, type FunctionName } from '../../server/src/core/syntax/expression/functions.ts';
import { testEngine } from '../kit/engine.ts';
import { type OpenProject, withProject } from '../kit/reference/run.ts';
import { type ExpressionRow, expressionRows } from './blocks.ts';
import type { Files } from './page-project.ts';

/** So many columns of a source are shown at most. */
const AT_ONCE = 40;
const PAGE = 'docs/functions.md';

describe('the expressions of docs/functions.md', () => {
  const engine = testEngine();
  const rows = expressionRows(readFileSync(PAGE, 'utf8'));
  const ofOneRow = rows.filter(({ over }) => over === undefined);
  const ofRows = rows.filter(({ over }) => over !== undefined);

  it('are found', () => {
    assert.ok(ofOneRow.length > 60, String(ofOneRow.length));
    assert.ok(ofRows.length >= 10, String(ofRows.length));
  });

  it('have the values that stand beside them', async () => {
    const found = await valuesOf(
      engine,
      ofOneRow.map(({ expression }) => expression),
    );
    const shown = ofOneRow.map(({ expression, value }) => `${expression} is ${value}`);
    assert.deepEqual(
      ofOneRow.map(({ expression }, index) => `${expression} is ${asShown(found[index])}`),
      shown,
    );
  });

  it('have these values over the rows that stand beside them', async () => {
    const found = await aggregatesOf(engine, ofRows);
    assert.deepEqual(
      found,
      ofRows.map(({ expression, value }) => `${expression} is ${value}`),
    );
  });

  it('are null where an argument is null, of all functions that say nothing else', async () => {
    const calls = Object.values(FUNCTIONS).flatMap(({ name, example }) => {
      if (WITH_NULL[name as FunctionName] !== undefined) return [];
      return argumentsOf(example).flatMap((_, index, all) => {
        const isQuoted = FUNCTIONS[name as FunctionName].parameters[index]?.type.match(/unit|pattern|quoted/);
        return isQuoted ? [] : [`${name}(${all.with(index, 'null').join(', ')})`];
      });
    });
    assert.ok(calls.length > Object.keys(FUNCTIONS).length);
    const found = await valuesOf(engine, calls);
    assert.deepEqual(
      calls.filter((_, index) => found[index] !== null),
      [],
    );
  });

  it('treat null as the column "with null" says', async () => {
    const said = [
      'least(null, 2)',
      'greatest(null, 2)',
      'coalesce(null, 2)',
      'nullif(2, null)',
      'nullif(null, 2)',
    ];
    const nothing = ['least(null, null)', 'greatest(null, null)', 'coalesce(null, null)'];
    assert.deepEqual(await valuesOf(engine, [...said, "concat('a', null)", ...nothing]), [
      '2',
      '2',
      '2',
      '2',
      null,
      'a',
      null,
      null,
      null,
    ]);
  });
});

function asShown(text: string | null | undefined): string {
  // A timestamp is shown as it is written, with a blank before the clock time.
  return String(text).replace(/^(\d{4}-\d\d-\d\d)T(?=\d\d:)/, '$1 ');
}

/** The arguments of a call whose arguments hold no brackets, and no commas but in quotes. */
function argumentsOf(call: string): readonly string[] {
  return [...call.slice(call.indexOf('(') + 1, -1).matchAll(/(?:'[^']*'|[^,'])+/g)].map(([text]) =>
    text.trim(),
  );
}

/** The values of expressions as text, each as a computed column of a source with one row. */
async function valuesOf(
  engine: QueryEngine,
  expressions: readonly string[],
): Promise<readonly (string | null)[]> {
  const values: (string | null)[] = [];
  for (let from = 0; from < expressions.length; from += AT_ONCE) {
    const part = expressions.slice(from, from + AT_ONCE);
    const columns = part.map(
      (expression, index) => `      e${index}: { value: ${JSON.stringify(expression)} }`,
    );
    // Only columns that a metric uses are shown.
    const used = part.map((_, index) => `e${index} is null or e${index} is not null`);
    const text = [
      'plumbline: 1',
      'sources:',
      '  one:',
      '    data: one.csv',
      '    columns:',
      ...columns,
      'metrics:',
      `  m: { type: count, source: one, where: [${used.join(', ')}] }`,
    ];
    const files: Files = { 'a.metrics.yaml': `${text.join('\n')}\n`, 'one.csv': 'id\n1\n' };
    values.push(...(await withProject(engine, files, (project) => computed(project, part.length))));
  }
  return values;
}

async function computed(
  { evaluator, analysis }: OpenProject,
  count: number,
): Promise<readonly (string | null)[]> {
  assert.deepEqual(
    analysis.problems.map(({ message }) => message),
    [],
  );
  const metric = evaluator.checked.project.metrics.get('m') ?? assert.fail();
  const [part] = await countingRows(evaluator, metric, 1);
  const columns = part?.columns.map(({ name }) => name) ?? [];
  return Array.from({ length: count }, (_, index) => {
    const at = columns.indexOf(`e${index}`);
    assert.ok(at >= 0, `e${index} is not shown.`);
    return part?.counting[0]?.cells[at] ?? null;
  });
}

/** The values of aggregates over the rows beside them, each as a formula on a source of its own. */
async function aggregatesOf(engine: QueryEngine, rows: readonly ExpressionRow[]): Promise<readonly string[]> {
  const sources = rows.map(
    (_, index) => `  s${index}: { data: s${index}.csv, columns: { x: { type: number } } }`,
  );
  const metrics = rows.map(
    ({ expression }, index) =>
      `  m${index}: { type: formula, source: s${index}, formula: ${JSON.stringify(expression)} }`,
  );
  const text = ['plumbline: 1', 'sources:', ...sources, 'metrics:', ...metrics].join('\n');
  const data = rows.map(({ over = '' }, index) => {
    const cells = over.split(', ').map((cell) => (cell === 'null' ? '' : cell));
    return [`s${index}.csv`, `row,x\n${cells.map((cell, row) => `${row},${cell}\n`).join('')}`] as const;
  });
  return withProject(
    engine,
    { 'a.metrics.yaml': `${text}\n`, ...Object.fromEntries(data) },
    async ({ evaluator }) => {
      const { metrics: results } = await evaluate(evaluator);
      return results.map(({ total, refused }, index) => {
        const period = total?.periods[0];
        const value = total === undefined || period === undefined ? refused : total.at(period, []).value;
        return `${rows[index]?.expression} is ${value}`;
      });
    },
  );
}
