import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { analyse } from '../../../server/src/core/analyse.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { problemKinds } from '../../../server/src/core/registry.ts';
import { parseExpression } from '../../../server/src/core/syntax/expression/parse.ts';
import { type LoadedProject, loadProject } from '../../../server/src/core/workspace.ts';
import { createMemoryFileSystem } from '../../../server/src/hosts/memory-file-system.ts';

const EDITS = 10_000;
const ROOT = '/saas';
/** A seeded generator (mulberry32), so that a failure can be seen again. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const INSERTED = [...' \n\t:-#"\'[]{}()|>&*!%@`,.?=<~0a\u0000\u{1f600}'];

/** Deletes, inserts or swaps one character. */
function edit(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  const kind = Math.floor(random() * 3);
  if (kind === 0) return text.slice(0, at) + text.slice(at + 1);
  if (kind === 1) {
    const inserted = INSERTED[Math.floor(random() * INSERTED.length)] ?? ' ';
    return text.slice(0, at) + inserted + text.slice(at);
  }
  return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
}

/** The sample's definitions, and the headers of its data. */
function sampleFiles(): Record<string, string> {
  const folder = resolve('samples/saas');
  const files: Record<string, string> = {};
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.yaml')) files[`${ROOT}/${name}`] = readFileSync(join(folder, name), 'utf8');
  }
  for (const name of readdirSync(join(folder, 'data'))) {
    const [header = ''] = readFileSync(join(folder, 'data', name), 'utf8').split('\n');
    files[`${ROOT}/data/${name}`] = `${header}\n`;
  }
  return files;
}

describe(`${EDITS} one-character edits`, () => {
  const files = sampleFiles();
  const edited = Object.keys(files).filter((path) => path.endsWith('.yaml'));

  it('of the sample never throw or hang a check, and problems lie in their texts', async () => {
    const fs = createMemoryFileSystem(files);
    const untouched = await loadProject(fs, ROOT, { kinds });
    assert.deepEqual(analyse(untouched, kinds).problems, []);
    const known = new Set(problemKinds.map(({ id }) => id));
    const random = randomOf(20_260_101);
    let withProblems = 0;
    for (let i = 0; i < EDITS; i++) {
      const path = edited[i % edited.length] ?? '';
      const text = edit(files[path] ?? '', random);
      const loaded = await loadProject(fs, ROOT, {
        kinds,
        overlay: new Map([[path, text]]),
        previous: untouched,
      });
      const { problems } = analyse(loaded, kinds);
      if (problems.length > 0) withProblems++;
      assertInside(problems, loaded, new Map([[path, text]]), files, known, i);
    }
    // Most edits break something; a check that sees nothing would be no check.
    assert.ok(withProblems > EDITS / 4, `${withProblems} edits were noticed`);
  }).timeout(1_200_000);

  it('of its expressions never throw or hang the parser', () => {
    const expressions = Object.values(files).flatMap((text) =>
      [...text.matchAll(/(?:where|value|matching|by): (.+)/g)].map((match) => match[1] ?? ''),
    );
    assert.ok(expressions.length > 50);
    const random = randomOf(7);
    for (let i = 0; i < EDITS; i++) {
      const text = edit(expressions[i % expressions.length] ?? '', random);
      const { expression, issues } = parseExpression(text);
      assert.ok(expression.span.end <= text.length);
      for (const { span } of issues)
        assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length);
    }
  });
});

function assertInside(
  problems: ReturnType<typeof analyse>['problems'],
  loaded: LoadedProject,
  overlay: ReadonlyMap<string, string>,
  files: Readonly<Record<string, string>>,
  known: ReadonlySet<string>,
  edit: number,
): void {
  for (const { code, file, span, message } of problems) {
    const text = overlay.get(file) ?? files[file] ?? '';
    const where = `edit ${edit}: ${code} ${message}`;
    assert.ok(known.has(code), where);
    assert.ok(loaded.texts.has(file) || file === loaded.settings?.file.path || file in files, where);
    assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, where);
  }
}
