import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import type { Known } from '../../../server/src/core/evaluate/numbers.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { evaluatedProblems, openData } from '../../../server/src/core/open-data.ts';
import { inFiles, loadProject } from '../../../server/src/core/workspace.ts';
import { createNodeFileSystem } from '../../../server/src/hosts/node-file-system.ts';
import type { ProjectSession } from '../../../server/src/lsp/session/project-session.ts';
import { testEngine } from '../../kit/engine.ts';
import { faultyTickets } from '../../kit/faulty-tickets.ts';
import { editOf, seededRandom } from '../../kit/random-edits.ts';
import { sampleCopy, sessionOf } from '../../kit/session.ts';
import { plain } from '../../kit/shown.ts';

/** Thousands of them were run before this was committed; a few are run each time. */
const EDITS = Number(process.env.EDITS ?? 48);
const SEED = Number(process.env.SEED ?? 1);
/** How many edits are made before the two are compared. */
const STRETCH = 6;

const FILES = [
  'lifetime',
  'product',
  'revenue',
  'retention',
  'satisfaction',
  'segments',
  'sources',
  'targets',
  'support',
];

describe('a session and the command line', () => {
  const sample = sampleCopy('saas');
  const [ofSession, ofEval] = [testEngine(), testEngine()];

  /** What `plumbline eval` computes and says. */
  async function evaluated(texts: ReadonlyMap<string, string>) {
    const fs = createNodeFileSystem();
    const loaded = await loadProject(fs, sample.root(), { kinds, overlay: texts });
    const opened = await openData(loaded, kinds, ofEval, loaded.project.metrics.values());
    const evaluation = await evaluate(opened.evaluator);
    const shownAs = (value: unknown): unknown => plain({ value, stale: false });
    return {
      problems: inFiles(loaded, evaluatedProblems(opened, evaluation)),
      metrics: evaluation.metrics.map((result) => [result.metric.name, shownAs(result)]),
      targets: evaluation.targets.map((result) => [result.target.name, shownAs(result)]),
    };
  }

  async function shown(session: ProjectSession) {
    await session.whenSettled();
    const analysis = await session.analysis();
    const { project } = analysis.loaded;
    const book = session.evaluation?.book;
    const shownAs = (known: Known<unknown> | undefined): unknown =>
      known === undefined ? undefined : plain(known);
    // Of a target without its metric the command line says nothing.
    const targets = [...project.targets.values()].filter(({ metric }) =>
      project.metrics.has(metric?.text ?? ''),
    );
    return {
      problems: session.problemsInFiles(analysis).filter(({ code }) => code !== 'example-fails'),
      metrics: [...project.metrics.keys()].map((name) => [name, shownAs(book?.metric(name))]),
      targets: targets.map(({ name }) => [name, shownAs(book?.target(name))]),
    };
  }

  it('say the same of any text', async function () {
    this.timeout(120_000 + EDITS * 3_000);
    const random = seededRandom(SEED);
    const below = (limit: number): number => Math.floor(random() * limit);
    const data = join(sample.root(), 'data', 'tickets.csv');
    await writeFile(data, faultyTickets(await readFile(data, 'utf8')));
    const { session, errors } = sessionOf(sample.root(), ofSession);
    const texts = new Map<string, string>();
    const histories = new Map<string, string[]>();
    const set = (path: string, text: string): void => {
      texts.set(path, text);
      session.setText(path, text);
    };
    for (const name of FILES) {
      const path = join(sample.root(), `${name}.metrics.yaml`);
      set(path, await readFile(path, 'utf8'));
    }
    const original = new Map(texts);
    const paths = [...texts.keys()];
    try {
      for (let done = 0; done < EDITS; done += STRETCH) {
        for (let index = 0; index < STRETCH; index++) {
          const path = paths[below(paths.length)] ?? '';
          const history = histories.get(path) ?? [];
          histories.set(path, history);
          const text = texts.get(path) ?? '';
          const edited = editOf(text, below, history);
          if (edited !== text) history.push(text);
          set(path, edited);
        }
        const [ours, theirs] = [await shown(session), await evaluated(texts)];
        const said = new Set(ours.problems.map((problem) => JSON.stringify(problem)));
        const at = `seed ${SEED}, after ${done + STRETCH} edits`;
        // The editor looks at the rows of sources that no metric takes its rows from, too.
        assert.deepEqual(
          theirs.problems.filter((problem) => !said.has(JSON.stringify(problem))),
          [],
          at,
        );
        assert.deepEqual([ours.metrics, ours.targets], [theirs.metrics, theirs.targets], at);
        assert.deepEqual(errors, []);
        if (below(3) === 0) for (const [path, text] of original) set(path, text);
      }
    } finally {
      await session.dispose();
    }
  });
});
