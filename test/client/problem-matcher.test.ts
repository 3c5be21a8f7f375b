import assert from 'node:assert/strict';
import { folderOf } from '../cli/kit.ts';
import { manifest } from './manifest.ts';

interface Found {
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What the editor finds in the lines of a task: one pattern a line, one line after the other. */
function foundIn(output: string): readonly Found[] {
  const [{ pattern }] = manifest().contributes.problemMatchers;
  const patterns = pattern.map((each) => ({ ...each, regexp: new RegExp(each.regexp) }));
  const lines = output.split('\n');
  return lines.flatMap((_, first) => {
    const parts: Record<string, string> = {};
    for (const [index, { regexp, ...groups }] of patterns.entries()) {
      const match = regexp.exec(lines[first + index] ?? '');
      if (match === null) return [];
      for (const [name, group] of Object.entries(groups)) parts[name] = match[Number(group)] ?? '';
    }
    const { severity = '', code = '', message = '', file = '', line, column } = parts;
    return [{ severity, code, message, file, line: Number(line), column: Number(column) }];
  });
}

const FILES = {
  'shop/plumbline.yaml': 'plumbline: 1\nrules: { metric-needs-why: info }\n',
  'shop/orders.csv': 'id,at,amount\n1,2025-01-05,10\n',
  'shop/a: b.metrics.yaml': `plumbline: 1
sources:
  orders: { data: orders.csv, key: id, time: at }
metrics:
  revenue:
    type: sum
    source: orders
    value: amuont
  twice: { type: sum, source: orders, value: amount, value: id }
  ünits: { type: count, source: ordrs }
`,
  'shop/c.metrics.yaml': 'plumbline: 1\nmetrics:\n  - odd\n',
};

describe('the problem matcher', () => {
  const folder = folderOf(FILES);

  it('finds every problem that plumbline check tells, at its place', async () => {
    const [text, json] = await Promise.all([
      folder.plumbline(['check', 'shop']),
      folder.plumbline(['check', 'shop', '--format', 'json']),
    ]);
    const { problems }: { problems: readonly ReportedProblem[] } = JSON.parse(json.stdout);
    assert.ok(problems.length >= 4, json.stdout);
    assert.deepEqual(
      foundIn(text.stdout),
      problems.map(({ severity, code, message, root, file, start }) => ({
        severity,
        code,
        message,
        file: `${root}/${file}`,
        ...start,
      })),
    );
  });

  it('finds nothing where nothing is wrong', () => {
    assert.deepEqual(foundIn('✓ No problems in the definitions. Checked 1 file with 1 metric.\n'), []);
  });
});

interface ReportedProblem {
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly root: string;
  readonly file: string;
  readonly start: { readonly line: number; readonly column: number };
}
