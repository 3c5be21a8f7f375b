import type { Problem } from '../../server/src/core/base/problem.ts';
import type { Known } from '../../server/src/core/evaluate/numbers.ts';
import { backgroundNeeds } from '../../server/src/lsp/session/background-needs.ts';
import { keyOf } from '../../server/src/lsp/session/numbers-book.ts';
import type { ProjectSession } from '../../server/src/lsp/session/project-session.ts';

/** Everything that an editor shows of a project: problems, names, and the numbers of the open documents. */
export async function shownOf(
  session: ProjectSession,
): Promise<{ readonly problems: readonly Problem[]; readonly symbols: unknown; readonly numbers: unknown }> {
  await session.whenSettled();
  const analysis = await session.analysis();
  const { project } = analysis.loaded;
  const book = session.evaluation?.book;
  const needs = backgroundNeeds(analysis.loaded, session.openPaths);
  // Where findings stand is told by the problems: the book may have placed them in an earlier text.
  const numbers = needs
    .filter(({ kind }) => !kind.endsWith('-findings'))
    .map((need) => {
      const known = book?.lookUp(need);
      return [keyOf(need), known === undefined ? null : plain(known)];
    });
  return {
    problems: session.problemsInFiles(analysis),
    symbols: project.files.flatMap(({ definitions }) =>
      definitions.map(({ definition, name }) => `${definition} ${name}`),
    ),
    numbers,
  };
}

/** A number as plain data, whoever computed it: definitions and plans are left out, which are those of the text at the time of computing. */
export function plain({ value, stale }: Known<unknown>): unknown {
  const series = (value as { total?: { periods: readonly unknown[]; at: (...of: unknown[]) => unknown } })
    .total;
  const omitted = new Set(['metric', 'plan', 'example', 'target', 'total', 'word']);
  const text = JSON.stringify(value, (key, part) => (omitted.has(key) ? undefined : part));
  return { stale, text, total: series?.periods.map((period) => series.at(period, [])) };
}
