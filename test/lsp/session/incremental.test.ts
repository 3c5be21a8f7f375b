import assert from 'node:assert/strict';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testEngine } from '../../kit/engine.ts';
import { faultyTickets } from '../../kit/faulty-tickets.ts';
import { editOf, seededRandom } from '../../kit/random-edits.ts';
import { sampleCopy, sessionOf } from '../../kit/session.ts';
import { shownOf } from '../../kit/shown.ts';

/** 10,000 of them were run before this was committed; a few are run each time. */
const EDITS = Number(process.env.EDITS ?? 150);
const SEED = Number(process.env.SEED ?? 1);
/** How many edits are made before the session is left to settle. */
const STRETCH = 15;

const FILES = ['product', 'revenue', 'satisfaction', 'segments', 'sources', 'targets', 'support'].map(
  (name) => `${name}.metrics.yaml`,
);

const SETTINGS = 'plumbline.yaml';

/** Rules that are off, or that others would be hidden by, are turned on and off now and then. */
const RULES = [
  'unused-segment',
  'metric-needs-description',
  'same-metric',
  'unused-source',
  'target-needs-why',
];

/** Says how much memory is in use, for long runs. */
function tellMemory(edits: number): void {
  const { rss, heapUsed } = process.memoryUsage();
  console.log(
    `${edits} edits: ${Math.round(rss / 2 ** 20)} MB, of which ${Math.round(heapUsed / 2 ** 20)} MB heap`,
  );
}

describe('a session', () => {
  const sample = sampleCopy('saas');
  const engine = testEngine();

  it('shows after any edits what a fresh one shows', async function () {
    this.timeout(120_000 + EDITS * 1_000);
    const random = seededRandom(SEED);
    const below = (limit: number): number => Math.floor(random() * limit);
    const root = sample.root();
    const { session, errors } = sessionOf(root, engine);
    const open = new Map<string, string>();
    const original = new Map<string, string>();
    const said = new Set<string>();
    const histories = new Map<string, string[]>();
    const pathOfFile = (): string => join(root, FILES[below(FILES.length)] ?? SETTINGS);
    const settings = join(root, SETTINGS);
    /** The project file is short, so that one edit in so many of it is often enough. */
    const pathToEdit = (): string => (below(6) === 0 ? settings : pathOfFile());
    const textOf = (path: string): string => open.get(path) ?? original.get(path) ?? '';
    const data = join(root, 'data', 'tickets.csv');
    const tickets = faultyTickets(await readFile(data, 'utf8'));
    await writeFile(data, tickets);
    for (const name of [...FILES, SETTINGS]) {
      const path = join(root, name);
      original.set(path, await readFile(path, 'utf8'));
    }
    const set = (path: string, text: string): void => {
      open.set(path, text);
      session.setText(path, text);
    };
    const actions: (() => Promise<void> | void)[] = [
      // A new file, which may have names that others have.
      async () => {
        const path = join(root, `new_${below(3)}.metrics.yaml`);
        await writeFile(path, original.get(pathOfFile()) ?? '');
        session.filesChanged();
      },
      async () => {
        await rm(join(root, `new_${below(3)}.metrics.yaml`), { force: true });
        session.filesChanged();
      },
      () => {
        const [path] = [...open.keys()].slice(below(open.size));
        if (path === undefined) return;
        open.delete(path);
        session.closeText(path);
      },
      async () => {
        await appendFile(
          data,
          tickets
            .split('\n')
            .slice(1, 2 + below(5))
            .join('\n')
            .concat('\n'),
        );
        session.dataChanged();
      },
      async () => {
        await writeFile(data, tickets);
        session.dataChanged();
      },
      // A rename that only one file follows.
      () => {
        const path = pathOfFile();
        const text = textOf(path);
        set(path, text.replaceAll('account_id', below(2) === 0 ? 'account_id' : 'acount_id'));
      },
      // A document that is emptied, and typed again from the top.
      async () => {
        const path = pathToEdit();
        const text = textOf(path);
        set(path, '');
        if (below(2) === 0) await new Promise((resolve) => setImmediate(resolve));
        for (let typed = below(20); typed < text.length; typed += 1 + below(text.length))
          set(path, text.slice(0, typed));
        set(path, text);
      },
      // A rule that is set to something else.
      () => {
        const rule = RULES[below(RULES.length)];
        const severity = ['off', 'info', 'warning', 'error'][below(4)];
        set(settings, `${original.get(settings) ?? ''}  ${rule}: ${severity}\n`);
      },
      // Loading and computing that are given up, as what they are about changes meanwhile.
      async () => {
        session.dataChanged();
        const given = session.whenSettled();
        for (let turn = below(5); turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve));
        await appendFile(data, `${tickets.split('\n')[1 + below(5)]}\n`);
        session.dataChanged();
        set(settings, textOf(settings).replace(/^as_of: .*$/m, `as_of: 2025-0${1 + below(6)}-28`));
        await given;
      },
    ];
    try {
      for (let done = 0; done < EDITS; done += STRETCH) {
        for (let index = 0; index < STRETCH; index++) {
          if (below(8) === 0) await actions[below(actions.length)]?.();
          else {
            const path = pathToEdit();
            const history = histories.get(path) ?? [];
            histories.set(path, history);
            const text = textOf(path);
            const edited = editOf(text, below, history);
            if (edited !== text) history.push(text);
            set(path, edited);
          }
          if (below(3) === 0) await new Promise((resolve) => setImmediate(resolve));
        }
        const fresh = sessionOf(root, engine);
        for (const [path, text] of open) fresh.session.setText(path, text);
        const [shown, expected] = [await shownOf(session), await shownOf(fresh.session)];
        await fresh.session.dispose();
        for (const { code } of expected.problems) said.add(code);
        assert.deepEqual(shown, expected, `seed ${SEED}, after ${done + STRETCH} edits`);
        assert.deepEqual([...errors, ...fresh.errors], []);
        if (process.env.MEMORY !== undefined) tellMemory(done + STRETCH);
        // Damage is mended now and then, or soon nothing could be computed any more.
        if (below(3) === 0) for (const [path, text] of original) if (open.has(path)) set(path, text);
      }
      assert.ok(
        said.has('duplicate-key') && said.has('value-misfit'),
        'What the rows break was never shown.',
      );
    } finally {
      await session.dispose();
    }
  });
});
