import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMoved, type ValueChange } from '../../../server/src/core/diff/compare-series.ts';
import { CHANGE_CLASSES, type Fact } from '../../../server/src/core/diff/fact.ts';
import type { MetricEffect, ProjectDiff } from '../../../server/src/core/diff/project-diff.ts';
import { statusWords } from '../../../server/src/core/evaluate/target-status.ts';
import { plainWords } from '../../../server/src/core/ide/prose/plain.ts';
import { compareFiles } from '../../kit/diff/compare-folders.ts';
import { type Expected, readExpected } from '../../kit/diff/expected.ts';
import { inverted, told } from '../../kit/diff/inverted.ts';
import { testEngine } from '../../kit/engine.ts';

const FOLDER = 'test/fixtures/diff';

/** The files of a folder by their paths in it; none where there is no folder. */
function filesIn(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
      }),
  );
}

/** A side of a pair: what its folder holds stands in the place of what all pairs share. */
function sideOf(name: string, side: 'before' | 'after'): Record<string, string> {
  return { ...filesIn(join(FOLDER, '_base')), ...filesIn(join(FOLDER, name, side)) };
}

const pairs = readdirSync(FOLDER).filter((name) => !name.startsWith('_'));

/** Compares lists whose order says nothing. */
function sameLines(found: readonly (readonly string[])[], expected: Expected, section: string): void {
  const written = (lines: readonly (readonly string[])[]): string[] =>
    lines.map((line) => line.join(' | ')).sort();
  assert.deepEqual(written(found), written(expected.get(section) ?? []), section);
}

function factLine({ class: of, subject, path, words }: Fact): readonly string[] {
  return [of, `${subject.kind} ${subject.name}`, path.length === 0 ? '-' : path.join('.'), plainWords(words)];
}

/** Why a metric is reached, each reason once. */
function reasonsOf({ affected }: MetricEffect): string {
  const own = affected.own.length > 0 ? ['own'] : [];
  const causes = affected.causes.map(({ through }) =>
    through.map(({ kind, name }) => `${kind} ${name}`).join(' > '),
  );
  const data = affected.data.map((source) => `data ${source}`);
  return [...new Set([...own, ...causes, ...data])].join(', ');
}

function groupOf({ group }: ValueChange): string {
  return Object.values(group).join(', ') || 'total';
}

/** A number of an expectation is a decimal text of the same double, but for the last digits. */
function assertNumber(found: number | null | undefined, expected: string | undefined, what: string): void {
  if (expected === 'null' || found === null || found === undefined) {
    assert.equal(String(found), expected, what);
    return;
  }
  const wanted = Number(expected);
  assert.ok(
    Math.abs(found - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)),
    `${what}: ${found} is not ${expected}`,
  );
}

function assertValues(diff: ProjectDiff, expected: Expected): void {
  const moved = diff.metrics.flatMap(({ affected, last }) =>
    last.filter(isMoved).map((change) => ({ name: affected.name, change })),
  );
  const lines = expected.get('Values') ?? [];
  for (const [name, period, group, before, after] of lines) {
    const found = moved.find(
      (one) => one.name === name && one.change.period === period && groupOf(one.change) === group,
    );
    assert.ok(found, `${name} should have moved in ${period}.`);
    assertNumber(found.change.before, before, `${name} in ${period} before`);
    assertNumber(found.change.after, after, `${name} in ${period} after`);
  }
  assert.equal(
    moved.length,
    lines.length,
    `Values: ${moved.map(({ name, change }) => `${name} ${change.period}`)}`,
  );
  for (const [name, period, group, before, after] of expected.get('Largest') ?? []) {
    const largest = diff.metrics.find(({ affected }) => affected.name === name)?.largest;
    assert.equal(largest?.period, period, name);
    assert.equal(largest && groupOf(largest), group, name);
    assertNumber(largest?.before, before, `${name}, largest, before`);
    assertNumber(largest?.after, after, `${name}, largest, after`);
  }
  for (const [name, period, definition, data, interaction] of expected.get('Parts') ?? []) {
    const effect = diff.metrics.find(({ affected }) => affected.name === name);
    const parts = effect?.last.find((change) => change.period === period)?.parts;
    assertNumber(parts?.definition, definition, `${name} in ${period}, definition`);
    assertNumber(parts?.data, data, `${name} in ${period}, data`);
    assertNumber(parts?.interaction, interaction, `${name} in ${period}, interaction`);
  }
}

/** From the other side the same is said, with before and after changed. */
function assertInverse(there: ProjectDiff, back: ProjectDiff): void {
  assert.deepEqual(there.facts.map(inverted).sort(), back.facts.map(told).sort());
  const names = new Map(
    there.facts.flatMap(({ change, was, is }) => (change === 'renamed' ? [[is ?? '', was ?? '']] : [])),
  );
  for (const { affected, last, moved, compared } of there.metrics) {
    // One that is new is gone from the other side, and what is gone has no effect of its own.
    if (affected.was === undefined) continue;
    const name = names.get(affected.name) ?? affected.name;
    const other = back.metrics.find((one) => one.affected.name === name);
    assert.deepEqual([other?.moved, other?.compared], [moved, compared], affected.name);
    assert.deepEqual(
      other?.last.map(({ period, before, after }) => [period, after, before]),
      last.map(({ period, before, after }) => [period, before, after]),
    );
  }
}

describe('two versions of a project', () => {
  const engine = testEngine();

  for (const name of pairs) {
    it(`are compared as ${name} expects`, async () => {
      const expected = readExpected(readFileSync(join(FOLDER, name, 'expected.md'), 'utf8'));
      await compareFiles(engine, sideOf(name, 'before'), sideOf(name, 'after'), async (diff) => {
        assert.deepEqual(
          diff.facts.map(factLine).map((line) => line.join(' | ')),
          (expected.get('Facts') ?? []).map((line) => line.join(' | ')),
          'Facts',
        );
        sameLines(
          diff.metrics.map((effect) => [effect.affected.name, reasonsOf(effect)]),
          expected,
          'Reached',
        );
        sameLines(
          diff.metrics.filter(({ isUnmeant }) => isUnmeant).map(({ affected }) => [affected.name]),
          expected,
          'Unmeant',
        );
        assertValues(diff, expected);
        sameLines(
          diff.metrics.flatMap(({ clauses }) =>
            clauses.map(({ metric, clause, change, rows }) => [metric, clause, change, String(rows)]),
          ),
          expected,
          'Clauses',
        );
        const status = (side: ProjectDiff['flips'][number]['before']): string =>
          side === null ? 'none' : statusWords(side.status);
        sameLines(
          diff.flips.map(({ target, before, after }) => [target, status(before), status(after)]),
          expected,
          'Targets',
        );
        sameLines(
          diff.failures.map(({ metric, number, expected: wanted, computed }) => [
            `${metric} ${number}`,
            String(wanted),
            String(computed),
          ]),
          expected,
          'Examples',
        );
        sameLines(
          diff.metrics.flatMap(({ refused, affected: { name }, lost }) => [
            ...(refused.after === null ? [] : [[name]]),
            ...lost.map(({ by }) => [name, by]),
          ]),
          expected,
          'Lost',
        );
        assertInverse(
          diff,
          await compareFiles(engine, sideOf(name, 'after'), sideOf(name, 'before'), (back) => back),
        );
      });
    });
  }

  it('have facts of every class, and of every kind of definition', () => {
    const lines = pairs.flatMap(
      (name) => readExpected(readFileSync(join(FOLDER, name, 'expected.md'), 'utf8')).get('Facts') ?? [],
    );
    const classes = new Set(lines.map(([of]) => of));
    for (const of of CHANGE_CLASSES) assert.ok(classes.has(of), of);
    const kinds = new Set(lines.map(([, subject = '']) => subject.split(' ')[0]));
    for (const kind of ['source', 'segment', 'metric', 'target', 'journey', 'settings'])
      assert.ok(kinds.has(kind), kind);
  });
});
