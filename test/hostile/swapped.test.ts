import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluate } from '../../server/src/core/evaluate/evaluate.ts';
import { kinds } from '../../server/src/core/kinds/index.ts';
import { openData } from '../../server/src/core/open-data.ts';
import { loadProject } from '../../server/src/core/workspace.ts';
import { createNodeFileSystem } from '../../server/src/hosts/node-file-system.ts';
import { testEngine } from '../kit/engine.ts';
import { SECRET } from './hostile-folder.ts';

const METRICS = `plumbline: 1
sources:
  sound: { data: sound.csv }
  swapped: { data: data/swapped.csv }
metrics:
  sound: { type: sum, source: sound, value: n }
  swapped: { type: max, source: swapped, value: n }
`;

describe('data that are swapped for a link between the check and the load', () => {
  const engine = testEngine();
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-swap-')));
  after(() => rmSync(top, { recursive: true, force: true }));

  /** Replaces a path by a link. */
  function swap(path: string, target: string): void {
    symlinkSync(target, `${path}.new`);
    rmSync(path, { recursive: true });
    renameSync(`${path}.new`, path);
  }

  for (const [what, place] of [
    ['the file', 'data/swapped.csv'],
    ['its folder', 'data'],
  ] as const) {
    it(`are not read: ${what}`, async () => {
      const folder = join(top, place.replace('/', '-'));
      const project = join(folder, 'project');
      const outside = join(folder, 'outside');
      for (const one of [join(project, 'data'), outside]) mkdirSync(one, { recursive: true });
      writeFileSync(join(project, 'a.metrics.yaml'), METRICS);
      writeFileSync(join(project, 'sound.csv'), 'n\n1\n2\n');
      writeFileSync(join(project, 'data/swapped.csv'), 'n\n1\n');
      writeFileSync(join(outside, 'swapped.csv'), `n\n${SECRET}\n`);
      const loaded = await loadProject(createNodeFileSystem(), project, { kinds });
      assert.deepEqual(loaded.problems, []);
      swap(join(project, place), place === 'data' ? outside : join(outside, 'swapped.csv'));
      const { evaluator, problems } = await openData(loaded, kinds, engine, loaded.project.metrics.values());
      const { metrics } = await evaluate(evaluator);
      const headline = (name: string): unknown =>
        metrics.find(({ metric }) => metric.name === name)?.total?.periods.length;
      assert.match(
        problems.map(({ message }) => message).join('\n'),
        /swapped\.csv is a symbolic link that leaves/,
      );
      assert.ok(!JSON.stringify([problems, metrics.map(({ refused }) => refused)]).includes(SECRET));
      assert.deepEqual([headline('sound'), headline('swapped')], [1, undefined]);
    });
  }
});
