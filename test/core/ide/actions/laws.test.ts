import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDay, periodAt } from '../../../../server/src/core/base/period.ts';
import { rules } from '../../../../server/src/core/check/rules/index.ts';
import type { ColumnProfile, Numbers } from '../../../../server/src/core/evaluate/numbers.ts';
import type { CodeAction } from '../../../../server/src/core/ide/actions/action.ts';
import { fixAll } from '../../../../server/src/core/ide/actions/fix-all.ts';
import { codeActions } from '../../../../server/src/core/ide/actions/index.ts';
import { fileAt, type IdeContext, type IdeFile } from '../../../../server/src/core/ide/ide-context.ts';
import { grainOf } from '../../../../server/src/core/model/metric-defaults.ts';
import { syntaxProblems } from '../../../../server/src/core/syntax/problems.ts';
import type { YamlNode } from '../../../../server/src/core/syntax/yaml/tree.ts';
import { NO_NUMBERS } from '../../../kit/ide.ts';
import { fixtureOf, takeMarks } from '../../check/fixture.ts';
import { analysed, applied, countCodes, type Texts, TODAY } from './kit.ts';

const SYNTAX: ReadonlySet<string> = new Set([...syntaxProblems.map(({ id }) => id), 'duplicate-name']);

/** What a cell looks like, so that columns have the types that the engine would find. */
function typeOfCell(cell: string): ColumnProfile['type'] {
  if (/^\d+$/.test(cell)) return /^0\d/.test(cell) ? 'text' : 'integer';
  if (/^\d+\.\d+$/.test(cell)) return 'number';
  if (/^\d{4}-\d\d-\d\d[T ]/.test(cell)) return 'timestamp';
  if (/^\d{4}-\d\d-\d\d$/.test(cell)) return 'date';
  return cell === 'true' || cell === 'false' ? 'boolean' : 'text';
}

/** The first filled cell of a column; data of the tests has no quotes. */
function firstCell(data: string, column: string): string {
  const [header = '', ...lines] = data.trim().split('\n');
  const at = header.split(',').indexOf(column);
  return lines.map((line) => line.split(',')[at] ?? '').find((cell) => cell !== '') ?? '';
}

/** Numbers for everything: a third in the headline, and columns of two values without blanks. */
function someNumbers({ checked }: IdeContext, texts: Texts): Numbers {
  const day = parseDay('2025-01-01') ?? 0;
  const known = <T>(value: T): { readonly value: T; readonly stale: boolean } => ({ value, stale: false });
  const column = {
    rows: 100,
    nulls: 0,
    distinct: 2,
    low: 'a',
    high: 'b, c',
    top: ['a', 'b, c'].map((value) => ({ value, rows: 50 })),
    bins: [],
  };
  return {
    ...NO_NUMBERS,
    metric(name) {
      const metric = checked.project.metrics.get(name);
      if (metric === undefined) return undefined;
      const grain = grainOf(checked.project, checked.kinds, metric);
      const period = grain === 'all' ? { grain, start: 0, end: 0 } : periodAt(grain, day);
      const estimate = { value: 1 / 3, n: 9, low: null, high: null };
      const total = {
        grain,
        periods: [period],
        asOf: day + 400,
        groups: [[]],
        at: () => estimate,
        offScale: 0,
      };
      return known({
        metric,
        grain,
        plan: undefined,
        refused: undefined,
        total,
        breakdowns: [],
        refusedBreakdowns: [],
      });
    },
    column: (source, name) => {
      const info = checked.columns.get(source)?.columns.get(name);
      const file = checked.project.sources.get(source)?.data?.file.text ?? '';
      const found = typeOfCell(firstCell(texts[file] ?? '', info?.header ?? name));
      return known({ ...column, type: info === undefined || info.type === 'unknown' ? found : info.type });
    },
  };
}

/** Every offset at which a key or a value begins. */
function places(node: YamlNode | undefined, into: Set<number> = new Set()): ReadonlySet<number> {
  if (node === undefined) return into;
  into.add(node.span.start);
  if (node.kind === 'seq') for (const item of node.items) places(item, into);
  if (node.kind === 'map') {
    for (const { key, value } of node.entries) {
      into.add(key.span.start);
      places(value, into);
    }
  }
  return into;
}

/** Every different action that is offered anywhere in some files. */
function allActions(context: IdeContext, files: readonly IdeFile[]): readonly CodeAction[] {
  const found = new Map<string, CodeAction>();
  for (const file of files) {
    const starts = new Set([
      ...places(file.tree.root),
      ...context.problems.flatMap((problem) => (problem.file === file.file.path ? [problem.span.start] : [])),
    ]);
    for (const start of starts) {
      for (const action of codeActions({ context, file, span: { start, end: start }, today: TODAY })) {
        found.set(JSON.stringify([action.title, action.edits]), action);
      }
    }
    const all = fixAll(context, [file]);
    if (all !== undefined) found.set(JSON.stringify(all.edits), all);
  }
  return [...found.values()];
}

/** What an action must keep to, whatever the text. */
async function checkAction(before: IdeContext, texts: Texts, action: CodeAction): Promise<void> {
  const after = await analysed(applied(texts, action.edits));
  const [had, has] = [countCodes(before.problems), countCodes(after.problems)];
  const what = `"${action.title}" in\n${changedText(texts, applied(texts, action.edits))}\n`;
  const worse = [...has].flatMap(([code, count]) => (count > (had.get(code) ?? 0) ? [code] : []));
  const isSure = action.kind !== 'quickfix' || action.preferred;
  const isBroken = (code: string): boolean =>
    SYNTAX.has(code) || (isSure && !mayReveal(action, before, code));
  const messages = after.problems
    .filter(({ code }) => worse.includes(code))
    .map(({ code, message }) => `${code}: ${message}`);
  assert.deepEqual(worse.filter(isBroken), [], `${what}${messages.join('\n')}`);
  if (action.fixes === undefined) return;
  const { code, message } = action.fixes;
  // Another of these may come to light, and so be as many as before; the one itself is gone.
  const isGone = OF_WHOLES.has(code)
    ? !after.problems.some((each) => each.code === code && each.message === message)
    : (has.get(code) ?? 0) < (had.get(code) ?? 0);
  assert.ok(isGone, `${what} does not take away its ${code}`);
}

const OF_WHOLES: ReadonlySet<string> = new Set(['same-metric', 'unused-source']);

/** What is not known of a definition that YAML cut short, or of columns without types, may be wrong and come to light. */
function mayReveal({ title, kind, fixes }: CodeAction, before: IdeContext, code: string): boolean {
  // Another type may be what another metric computes, and what was all that used something may be gone.
  if (OF_WHOLES.has(code)) return true;
  if (title.startsWith('Declare the')) return code === 'wrong-type';
  if (kind !== 'quickfix' && kind !== 'source.fixAll.plumbline') return false;
  return (
    fixes?.code === 'expression-cut' ||
    (fixes === undefined && countCodes(before.problems).has('expression-cut'))
  );
}

function changedText(before: Texts, after: Texts): string {
  return Object.keys(after)
    .filter((path) => before[path] !== after[path])
    .map((path) => after[path])
    .join('\n---\n');
}

describe('ide: every action', () => {
  for (const { id } of rules) {
    it(`on the wrong example of ${id} leaves text that parses, and mends what it says`, async () => {
      const texts = Object.fromEntries(
        Object.entries(fixtureOf(id, 'fail')).map(([path, text]) => [
          path,
          path.endsWith('.yaml') ? takeMarks(path, text).text : text,
        ]),
      );
      const plain = await analysed(texts);
      const context = { ...plain, numbers: someNumbers(plain, texts) };
      const files = Object.keys(texts).flatMap((path) =>
        path.startsWith('fail') ? (fileAt(context, `/project/${path}`) ?? []) : [],
      );
      for (const action of allActions(context, files)) await checkAction(context, texts, action);
    });
  }
});

describe('ide: every action in the sample', () => {
  const folder = 'samples/saas';
  const metricsFiles = readdirSync(folder).filter((name) => name.endsWith('.metrics.yaml'));
  const texts: Texts = Object.fromEntries([
    ...['plumbline.yaml', ...metricsFiles].map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
    // A few rows are enough to know the columns.
    ...readdirSync(join(folder, 'data')).map((name) => [
      `data/${name}`,
      `${readFileSync(join(folder, 'data', name), 'utf8')
        .split('\n')
        .slice(0, 20)
        .join('\n')}\n`,
    ]),
  ]);

  for (const path of metricsFiles) {
    it(`${path} leaves text that parses and has no new problem`, async () => {
      const plain = await analysed(texts);
      const context = { ...plain, numbers: someNumbers(plain, texts) };
      const file = fileAt(context, `/project/${path}`);
      assert.ok(file);
      for (const action of allActions(context, [file])) await checkAction(context, texts, action);
    });
  }

  it('is one of nearly all that there are', async () => {
    const plain = await analysed(texts);
    const context = { ...plain, numbers: someNumbers(plain, texts) };
    const files = metricsFiles.flatMap((path) => fileAt(context, `/project/${path}`) ?? []);
    const titles = allActions(context, files).map(({ title }) => title);
    const expected = [
      'Extract into the metric',
      'Inline the metric "mrr"',
      'Extract the condition into the segment',
      'Break down by the segment',
      'Convert to a ratio of two counts',
      'Convert to the number of distinct account_id',
      'Convert to the average score',
      'Convert to the average',
      'Convert to the median',
      'Convert to the sum',
      'Write an example from the current value',
      'Raise to version 3',
      'Write on one line',
      'Quote the expression',
    ];
    assert.deepEqual(
      expected.filter((start) => !titles.some((title) => title.startsWith(start))),
      [],
    );
  });
});
