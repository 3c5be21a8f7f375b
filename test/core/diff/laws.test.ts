import assert from 'node:assert/strict';
import fc from 'fast-check';
import { analyse } from '../../../server/src/core/analyse.ts';
import type { Fact } from '../../../server/src/core/diff/fact.ts';
import { projectFacts } from '../../../server/src/core/diff/project-facts.ts';
import type { DiffSide } from '../../../server/src/core/diff/side.ts';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { findPeriod } from '../../../server/src/core/evaluate/series.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { compareFiles } from '../../kit/diff/compare-folders.ts';
import { inverted, told } from '../../kit/diff/inverted.ts';
import { respell } from '../../kit/diff/respell.ts';
import { testEngine } from '../../kit/engine.ts';
import { projectOf } from '../../kit/project.ts';
import { seededRandom } from '../../kit/random-edits.ts';
import { gatheredProjects } from '../../kit/reference/arbitrary-gathered.ts';
import { lifecycleProjects } from '../../kit/reference/arbitrary-lifecycle.ts';
import { projects } from '../../kit/reference/arbitrary-project.ts';
import { close } from '../../kit/reference/compare.ts';
import { withProject } from '../../kit/reference/run.ts';
import { runs } from '../../kit/reference/runs.ts';
import { projectFiles } from '../../kit/reference/write.ts';

type Files = Readonly<Record<string, string>>;

const DEFINITIONS = 'all.metrics.yaml';
const anyProject = fc.oneof(projects, lifecycleProjects, gatheredProjects);

async function sideOf(files: Files): Promise<DiffSide> {
  const loaded = await projectOf(files);
  return { loaded, checked: analyse(loaded, kinds).checked };
}

async function factsOf(before: Files, after: Files): Promise<readonly Fact[]> {
  return projectFacts(await sideOf(before), await sideOf(after)).facts;
}

/** The definitions of one project over the data of another. */
function mixed(definitions: Files, data: Files): Files {
  const own = Object.entries(definitions).filter(([path]) => !path.startsWith('data/'));
  return { ...data, ...Object.fromEntries(own) };
}

type Definitions = Record<string, Record<string, Record<string, unknown>>>;

function withDefinitions(files: Files, change: (definitions: Definitions) => void): Files {
  const definitions: Definitions = JSON.parse(files[DEFINITIONS] ?? '');
  change(definitions);
  return { ...files, [DEFINITIONS]: JSON.stringify(definitions, null, 1) };
}

/** All metrics have the periods of the project, so that they can be compared with each other. */
function withoutGrains(files: Files): Files {
  return withDefinitions(files, ({ metrics = {} }) => {
    for (const metric of Object.values(metrics)) delete metric.grain;
  });
}

/** The metrics that rest on no other metric, each with what the next one computes. */
function withOtherMetrics(files: Files): Files {
  return withDefinitions(files, ({ metrics = {} }) => {
    const names = Object.keys(metrics).filter((name) => name.startsWith('m'));
    const bodies = names.map((name) => metrics[name] ?? {});
    names.forEach((name, index) => {
      metrics[name] = bodies[(index + 1) % bodies.length] ?? {};
    });
  });
}

/** Every third row of the data is gone. */
function withoutRows(files: Files): Files {
  const kept = (text: string): string =>
    text
      .split('\n')
      .filter((line, index) => index === 0 || line === '' || index % 3 !== 0)
      .join('\n');
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, path.startsWith('data/') ? kept(text) : text]),
  );
}

describe('the facts of random projects', () => {
  it('are none between a project and itself', async () => {
    await fc.assert(
      fc.asyncProperty(anyProject, async (project) => {
        const files = projectFiles(project);
        assert.deepEqual((await factsOf(files, files)).map(told), []);
      }),
      runs(5),
    );
  });

  it('are none where only keys, quotes, lists and blanks are others', async () => {
    await fc.assert(
      fc.asyncProperty(anyProject, fc.nat(), async (project, seed) => {
        const files = projectFiles(project);
        const written = respell(files[DEFINITIONS] ?? '', seededRandom(seed));
        const facts = await factsOf(files, { ...files, [DEFINITIONS]: written });
        assert.deepEqual(facts.map(told), [], written);
      }),
      runs(6),
    );
  });

  it('are the same from both sides, with before and after changed', async () => {
    await fc.assert(
      fc.asyncProperty(anyProject, anyProject, async (one, other) => {
        const [before, after] = [projectFiles(one), projectFiles(other)];
        const [there, back] = [await factsOf(before, after), await factsOf(after, before)];
        // Names that were taken by others say by themselves which side they are of; renames are looked at below.
        const named = (facts: readonly Fact[]): boolean => facts.some(({ change }) => change === 'renamed');
        fc.pre(!named(there) && !named(back));
        assert.deepEqual(there.map(inverted).sort(), back.map(told).sort());
        assert.ok(there.length > 0);
      }),
      runs(6),
    );
  });

  it('are one rename where a name is another everywhere, and nothing where it is as it was', async () => {
    await fc.assert(
      fc.asyncProperty(anyProject, fc.nat(), async (project, pick) => {
        const files = projectFiles(project);
        const { name } = project.metrics[pick % project.metrics.length] ?? { name: '' };
        const text = files[DEFINITIONS] ?? '';
        const away = text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), 'another_name');
        const facts = await factsOf(files, { ...files, [DEFINITIONS]: away });
        assert.deepEqual(
          facts.map(({ subject, change, class: of, was, is }) => [subject.name, change, of, was, is]),
          [['another_name', 'renamed', 'breaking', name, 'another_name']],
        );
        const home = away.replaceAll(/\banother_name\b/g, name);
        assert.deepEqual((await factsOf(files, { ...files, [DEFINITIONS]: home })).map(told), []);
      }),
      runs(6),
    );
  });
});

describe('the effects of random changes', () => {
  const engine = testEngine();

  it('are not looked for where nothing changed', async () => {
    await fc.assert(
      fc.asyncProperty(projects, async (project) => {
        const files = projectFiles(project);
        await compareFiles(engine, files, files, ({ facts, data, metrics, counts }) => {
          assert.deepEqual([facts, data, metrics], [[], [], []]);
          assert.deepEqual([counts.evaluated, counts.corners], [0, 0]);
        });
      }),
      runs(3),
    );
  });

  it('are told apart into definition, data and both together, which add up to the change, each as computed alone', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(projects, async (project) => {
        const before = withoutGrains(projectFiles(project));
        const after = withoutRows(withOtherMetrics(before));
        await compareFiles(engine, before, after, async ({ metrics }) => {
          await withProject(engine, mixed(after, before), async ({ evaluator }) => {
            const names = metrics.map(({ affected }) => affected.name);
            const wanted = names.flatMap((name) => evaluator.checked.project.metrics.get(name) ?? []);
            const alone = await evaluate(evaluator, { metrics: wanted, findings: false });
            for (const { affected, last } of metrics) {
              const series = alone.metrics.find(({ metric }) => metric.name === affected.name)?.total;
              for (const { period, before: was, after: is, change, parts } of last) {
                if (parts === null || was === null || is === null || change === null) continue;
                const sum = parts.definition + parts.data + parts.interaction;
                assert.ok(close(sum, change), `${affected.name} ${period}: ${sum} is not ${change}`);
                const at = series && findPeriod(series, period);
                const value = at && series?.at(at, []).value;
                if (affected.data.length === 0 || value === null || value === undefined) continue;
                compared += 1;
                assert.ok(
                  close(was + parts.definition, value),
                  `${affected.name} ${period}, definition alone`,
                );
              }
            }
          });
        });
      }),
      runs(3),
    );
    assert.ok(compared > 0);
  });
});
