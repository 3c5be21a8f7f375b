import { join, resolve } from 'node:path';
import { mayMove } from '../../../server/src/core/diff/affected.ts';
import type { ProjectDiff } from '../../../server/src/core/diff/project-diff.ts';
import { type OpenVersion, openVersion } from '../../../server/src/core/diff-versions/version.ts';
import { diffVersions } from '../../../server/src/core/diff-versions.ts';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { openData } from '../../../server/src/core/open-data.ts';
import { createDuckDbEngine, type DuckDbEngine } from '../../../server/src/engines/duckdb/duckdb-engine.ts';
import { folderVersion } from '../../../server/src/hosts/folder-version.ts';
import { createNodeFileSystem, toCorePath } from '../../../server/src/hosts/node-file-system.ts';
import { inTurn } from '../kit/in-turn.ts';
import type { CoreOptions } from './bench.ts';
import { type DiffCase, diffProjects } from './diff-project.ts';
import type { Findings, Measured } from './findings.ts';
import { timedWith } from './on-engine.ts';

/** What a comparison may cost beside the evaluation of what it looks at, on both sides. */
const MOST = 2;

/** The comparison of two versions of a large project, to evaluating just the metrics that the change reaches, on both sides. */
export async function benchDiff(
  findings: Findings,
  folder: string,
  options: CoreOptions,
  say: (line: string) => void,
): Promise<void> {
  say(`diff: ${options.metrics} metrics on ${options.events} rows …`);
  const { before, cases } = await diffProjects(join(folder, 'diff'), options.metrics, options.events);
  const engine = createDuckDbEngine({ childPath: resolve('dist', 'engine.js') });
  try {
    for (const change of cases) {
      say(`diff: ${change.name} …`);
      await benchChange(findings, engine, { before, change, repeat: options.repeat });
    }
  } finally {
    await engine.dispose();
  }
}

interface Change {
  readonly before: string;
  readonly change: DiffCase;
  readonly repeat: number;
}

/** Both from the files on, and both on versions that are read and checked already. */
async function benchChange(
  findings: Findings,
  engine: DuckDbEngine,
  { before, change, repeat }: Change,
): Promise<void> {
  const folders = [before, change.after] as const;
  const [one, other] = [await openedAt(folders[0]), await openedAt(folders[1])];
  const known = await diffVersions(one, other, { kinds, engine });
  const names = reachedBy(known);
  requireReach(known, change);
  const onEngine = (work: () => Promise<unknown>) => () => timedWith(engine, work);
  const [diff = [], both = [], openDiff = [], openBoth = []] = await inTurn(
    [
      onEngine(async () =>
        diffVersions(await openedAt(folders[0]), await openedAt(folders[1]), { kinds, engine }),
      ),
      onEngine(async () => {
        await evaluateAt(engine, await openedAt(folders[0]), names.before);
        await evaluateAt(engine, await openedAt(folders[1]), names.after);
      }),
      onEngine(() => diffVersions(one, other, { kinds, engine })),
      onEngine(async () => {
        await evaluateAt(engine, one, names.before);
        await evaluateAt(engine, other, names.after);
      }),
    ],
    { repeat, warm: 1 },
  );
  const scenario = `diff, ${change.name}`;
  const measured: readonly [Measured, Measured, Measured, Measured] = [
    { what: 'plumbline diff', times: diff },
    { what: 'the same metrics, both sides', times: both },
    { what: 'plumbline diff, of read versions', times: openDiff },
    { what: 'the same metrics, of read versions', times: openBoth },
  ];
  for (const each of measured) findings.tell(scenario, each);
  findings.compare(`${scenario}: to evaluating the metrics that it reaches`, measured[0], measured[1], MOST);
  findings.compare(
    `${scenario}: the same, of versions that are read already`,
    measured[2],
    measured[3],
    MOST,
  );
  findings.notes.push(
    `${scenario}: ${known.counts.evaluated} of ${known.counts.metrics} metrics were evaluated, ${known.metrics.filter(({ moved }) => moved > 0).length} of them moved.`,
  );
}

async function openedAt(folder: string): Promise<OpenVersion> {
  return openVersion(folderVersion(createNodeFileSystem(), toCorePath(folder)), kinds);
}

/** The metrics that a change can move, by their names on both sides. */
function reachedBy({ metrics }: ProjectDiff): {
  readonly before: readonly string[];
  readonly after: readonly string[];
} {
  const moving = metrics.map(({ affected }) => affected).filter(mayMove);
  return { before: moving.flatMap(({ was }) => was ?? []), after: moving.map(({ name }) => name) };
}

function requireReach({ counts, metrics }: ProjectDiff, { name, reached }: DiffCase): void {
  const isReached =
    reached === undefined ? counts.evaluated < counts.metrics / 5 : counts.evaluated === reached;
  if (!isReached) throw new Error(`${name}: ${counts.evaluated} metrics are evaluated.`);
  if (!metrics.some(({ moved }) => moved > 0)) throw new Error(`${name}: no value moved.`);
}

/** What `plumbline eval` does for some metrics: loads the data that they need, and evaluates them with their targets. */
async function evaluateAt(
  engine: DuckDbEngine,
  { loaded, analysis }: OpenVersion,
  names: readonly string[],
): Promise<void> {
  const metrics = names.flatMap((name) => loaded.project.metrics.get(name) ?? []);
  const { evaluator } = await openData(loaded, kinds, engine, metrics, {}, analysis);
  const typed = names.flatMap((name) => evaluator.checked.project.metrics.get(name) ?? []);
  const evaluation = await evaluate(evaluator, { metrics: typed, ownSegments: true, findings: false });
  const refused = evaluation.metrics.find((metric) => metric.refused !== undefined);
  if (refused !== undefined) throw new Error(`${refused.metric.name}: ${refused.refused}`);
}
