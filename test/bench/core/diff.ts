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
import { type DiffCase, diffProjects } from './diff-projects.ts';
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
      const repeat = Math.max(3, Math.ceil(options.repeat / 2));
      await benchChange(findings, engine, { before, change, repeat });
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
  const [one, other] = [await openedAt(before), await openedAt(change.after)];
  const known = await diffVersions(one, other, { kinds, engine });
  requireReach(known, change);
  const { compare, evaluateBoth } = workOf(engine, reachedBy(known));
  const onEngine = (work: () => Promise<unknown>) => () => timedWith(engine, work);
  const read = async (): Promise<Versions> => [await openedAt(before), await openedAt(change.after)];
  const times = await inTurn(
    [
      onEngine(async () => compare(await read())),
      onEngine(async () => evaluateBoth(await read())),
      onEngine(() => compare([one, other])),
      onEngine(() => evaluateBoth([one, other])),
    ],
    { repeat, warm: 1 },
  );
  const scenario = `diff, ${change.name}`;
  const told = (what: string, nth: number): Measured => {
    const measured = { what, times: times[nth] ?? [] };
    findings.tell(scenario, measured);
    return measured;
  };
  const [diff, both] = [told('plumbline diff', 0), told('the same metrics, both sides', 1)];
  const [openDiff, openBoth] = [told('diff of read versions', 2), told('the same metrics of these', 3)];
  findings.compare(`${scenario}: to evaluating the metrics that it reaches`, diff, both, MOST);
  findings.compare(`${scenario}: the same, of versions that are read already`, openDiff, openBoth, MOST);
  findings.notes.push(
    `${scenario}: ${known.counts.evaluated} of ${known.counts.metrics} metrics were evaluated, ${known.metrics.filter(({ moved }) => moved > 0).length} of them moved.`,
  );
}

type Versions = readonly [before: OpenVersion, after: OpenVersion];

/** The comparison, and what it is held against. */
function workOf(engine: DuckDbEngine, names: ReturnType<typeof reachedBy>) {
  return {
    compare: async ([before, after]: Versions): Promise<unknown> =>
      diffVersions(before, after, { kinds, engine }),
    evaluateBoth: async ([before, after]: Versions): Promise<void> => {
      await evaluateAt(engine, before, names.before);
      await evaluateAt(engine, after, names.after);
    },
  };
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
