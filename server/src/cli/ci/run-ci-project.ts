import type { Problem } from '../../core/base/problem.ts';
import { MAX_PROBLEMS } from '../../core/base/problems-in-order.ts';
import { settle } from '../../core/check/settle.ts';
import { formatProblem } from '../../core/format/problems.ts';
import { inFiles } from '../../core/workspace.ts';
import { checkRows } from '../check-rows.ts';
import { openProject, type ProjectScope, projectTexts } from '../find-projects.ts';
import { formattedFile } from '../format-file.ts';
import type { Host } from '../host.ts';
import { plural } from '../plural.ts';
import { isChanged } from '../reporters/fmt-text.ts';
import type { Session } from '../session.ts';
import { sourceTexts } from '../source-texts.ts';
import type { CiPart, CiPartName, CiProject, CiTest } from './ci-report.ts';
import { type FoundProblem, findingsOf, pathFrom } from './findings-of.ts';
import { runCiTests } from './run-ci-tests.ts';
import { type PolicyRequest, runPolicy } from './run-policy.ts';

/** What a project is run with. */
export interface CiWork {
  /** The top of the repository. */
  readonly top: string;
  /** Parts that were not asked for. */
  readonly skip: ReadonlySet<CiPartName>;
  readonly session: Session;
  readonly policy: PolicyRequest;
}

const NOT_ASKED = 'left out by --skip';

/** Does every part of the work for one project. Rejects with `EngineFailure`, `SetupError` and `UsageError`. */
export async function runCiProject(host: Host, scope: ProjectScope, work: CiWork): Promise<CiProject> {
  const { top, skip, session } = work;
  const open = await openProject(host, scope.root);
  const { loaded, analysis } = open;
  const { project } = analysis.checked;
  const rows = skip.has('data') ? undefined : await checkRows(session, scope, open);
  const checked = rows === undefined ? analysis.problems : inFiles(loaded, rows.problems);
  const tests = await runCiTests(open, work);
  const format = skip.has('formatting') ? undefined : await formatProblems(host, scope);
  const policy = skip.has('policy') ? undefined : await runPolicy(host, scope.root, session, work.policy);
  const found = [
    ...byPart(analysis.problems, checked),
    ...ofPart('tests', tests.problems),
    ...ofPart('formatting', settle(project, format?.problems ?? [])),
    ...ofPart('policy', policy?.problems ?? []),
  ];
  const problems = found.map(({ problem }) => problem);
  const texts = await sourceTexts(host.fs, loaded.texts, problems);
  const settings = project.settings.path === undefined ? [] : [project.settings.path];
  return {
    folder: scope.root,
    path: pathFrom(top, scope.root),
    name: project.settings.name ?? pathFrom(top, scope.root),
    parts: [
      part(
        'definitions',
        `${plural(project.metrics.size, 'metric')} in ${plural(loaded.texts.size, 'file')}`,
      ),
      part('data', rows && `${plural(rows.sources, 'source')} with ${plural(rows.rows, 'row')}`),
      part('tests', tests.looked, tests.skipped),
      part('formatting', format && plural(format.files, 'file')),
      part('policy', policy?.looked, policy?.skipped),
    ],
    files: [...settings, ...loaded.texts.keys()].map((path) => pathFrom(top, path)),
    tests: tests.tests.map((test): CiTest => ({ ...test, path: pathFrom(top, test.path) })),
    findings: findingsOf(top, texts, found),
    texts,
    full: checked.length >= MAX_PROBLEMS,
  };
}

function ofPart(name: CiPartName, problems: readonly Problem[]): readonly FoundProblem[] {
  return problems.map((problem) => ({ part: name, problem }));
}

/** What is known without the rows is of the definitions, the rest is of the data. */
function byPart(known: readonly Problem[], all: readonly Problem[]): readonly FoundProblem[] {
  const ofDefinitions = new Set(known.map(identity));
  return all.map((problem) => ({
    part: ofDefinitions.has(identity(problem)) ? 'definitions' : 'data',
    problem,
  }));
}

/** A part with what it looked at; without, it was not done. */
function part(name: CiPartName, looked: string | undefined, skipped?: string): CiPart {
  if (skipped !== undefined) return { part: name, looked: '', skipped };
  return looked === undefined ? { part: name, looked: '', skipped: NOT_ASKED } : { part: name, looked };
}

/** Problems of the definitions are found again with the data; the message may then name types that only the data show. */
function identity({ code, file, span }: Problem): string {
  return `${code} ${span.start} ${span.end} ${file}`;
}

async function formatProblems(
  host: Host,
  { root }: ProjectScope,
): Promise<{ readonly problems: readonly Problem[]; readonly files: number }> {
  const texts = await projectTexts(host, root);
  const files = texts.flatMap(({ path, text }) =>
    typeof text === 'string' ? [formattedFile(path, text)] : [],
  );
  const problems = files
    .filter(isChanged)
    .map(({ path, before, after }) => formatProblem(path, before, after));
  return { problems, files: texts.length };
}
