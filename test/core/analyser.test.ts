import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { analyse } from '../../server/src/core/analyse.ts';
import { Analyser } from '../../server/src/core/analyser.ts';
import { kinds } from '../../server/src/core/kinds/index.ts';
import {
  assemble,
  inFiles,
  type LoadedProject,
  loadProject,
  type ProjectTexts,
  readTexts,
} from '../../server/src/core/workspace.ts';
import { createNodeFileSystem, toCorePath } from '../../server/src/hosts/node-file-system.ts';
import { randomEdits, seededRandom } from '../kit/random-edits.ts';

const ROOT = toCorePath(resolve('samples/saas'));
const EDITS = Number(process.env.EDITS ?? 250);
const SEED = Number(process.env.SEED ?? 1);

/** The texts with one of them replaced. */
function withText(texts: ProjectTexts, path: string, text: string): ProjectTexts {
  if (path === texts.settings?.path) return { ...texts, settings: { path, text } };
  return { ...texts, files: new Map(texts.files).set(path, { path, text }) };
}

function problemsOf(loaded: LoadedProject, analyser: Analyser): unknown {
  return inFiles(loaded, analyser.state()?.problems ?? []);
}

describe('the analyser', () => {
  let texts: ProjectTexts;
  let loaded: LoadedProject;

  before(async () => {
    const fs = createNodeFileSystem();
    texts = await readTexts(fs, ROOT);
    loaded = await loadProject(fs, ROOT, { kinds });
  });

  function opened(): Analyser {
    const analyser = new Analyser(kinds);
    analyser.update(loaded);
    analyser.settle();
    return analyser;
  }

  it('says of a project at first what `analyse` says of it', () => {
    assert.deepEqual(problemsOf(loaded, opened()), analyse(loaded, kinds).problems);
  });

  it('says of every later state what a fresh process would say', function () {
    this.timeout(120_000 + EDITS * 1_000);
    const analyser = opened();
    const random = seededRandom(SEED);
    let [now, state] = [texts, loaded];
    const settings = texts.settings?.path ?? '';
    const paths = [...texts.files.keys(), settings];
    for (let round = 0; round * 25 < EDITS; round++) {
      const path = paths[Math.floor(random() * paths.length)] ?? '';
      const text = path === settings ? now.settings?.text : now.files.get(path)?.text;
      if (typeof text !== 'string') continue;
      for (const edited of randomEdits(text, SEED * 1000 + round, 25)) {
        now = withText(now, path, edited);
        state = assemble(now, loaded.shapes, kinds, state);
        analyser.update(state);
        analyser.settle();
        const fresh = assemble(now, loaded.shapes, kinds);
        assert.deepEqual(
          problemsOf(state, analyser),
          analyse(fresh, kinds).problems,
          `seed ${SEED}, round ${round}, ${path}`,
        );
      }
      // Damage is mended now and then, or soon nothing could be read any more.
      if (round % 3 === 2) [now, state] = [texts, assemble(texts, loaded.shapes, kinds, state)];
    }
  });

  it('checks a metric whose description changes, and nothing that rests on it', () => {
    const analyser = opened();
    const { checked } = analyser.counts;
    const path = [...texts.files.keys()].find((file) => file.endsWith('revenue.metrics.yaml')) ?? '';
    const text = String(texts.files.get(path)?.text);
    const edited = text.replace('What the subscriptions alive', 'All that the subscriptions alive');
    assert.notEqual(edited, text);
    analyser.update(assemble(withText(texts, path, edited), loaded.shapes, kinds, loaded));
    analyser.settle();
    assert.equal(analyser.counts.checked - checked, 1);
  });
});
