import assert from 'node:assert/strict';
import { analyse } from '../../../../server/src/core/analyse.ts';
import type { Problem, TextEdit } from '../../../../server/src/core/base/problem.ts';
import type { Span } from '../../../../server/src/core/base/span.ts';
import type { Numbers } from '../../../../server/src/core/evaluate/numbers.ts';
import type { CodeAction } from '../../../../server/src/core/ide/actions/action.ts';
import { codeActions } from '../../../../server/src/core/ide/actions/index.ts';
import type { IdeContext } from '../../../../server/src/core/ide/ide-context.ts';
import { kinds } from '../../../../server/src/core/kinds/index.ts';
import { asWhole } from '../../../kit/as-whole.ts';
import { applyEdits, ideFixture } from '../../../kit/ide.ts';
import { projectOf, ROOT } from '../../../kit/project.ts';

/** The day on which tests take place. */
export const TODAY = '2025-07-14';

/** Texts by path relative to the root. */
export type Texts = Readonly<Record<string, string>>;

/** The actions at the cursor `┆` or the first range `⟦ ⟧` of a fixture. */
export async function actionsIn(
  marked: string | Texts,
  numbers?: Partial<Numbers>,
  only?: readonly string[],
): Promise<{ readonly actions: readonly CodeAction[]; readonly texts: Texts; readonly context: IdeContext }> {
  const { context, file, offset, ranges, texts } = await ideFixture(marked, numbers);
  const range: Span | undefined = [...ranges.values()][0]?.[0];
  const span = offset >= 0 ? { start: offset, end: offset } : range;
  assert.ok(span, 'a fixture has a cursor or a range');
  const actions = codeActions({ context, file, span, today: TODAY }, only);
  return { actions, texts: Object.fromEntries(texts), context };
}

/** The texts after the one action whose title begins so. */
export async function afterAction(
  marked: string | Texts,
  title: string,
  numbers?: Partial<Numbers>,
): Promise<Texts> {
  const { actions, texts } = await actionsIn(marked, numbers);
  const found = actions.filter((action) => action.title.startsWith(title));
  const offered = actions.map((action) => action.title).join('\n');
  assert.equal(found.length, 1, `"${title}" is not offered once, but there are:\n${offered}`);
  return applied(texts, found[0]?.edits ?? []);
}

/** The one text after an action, of a fixture of one file. */
export async function textAfter(marked: string, title: string, numbers?: Partial<Numbers>): Promise<string> {
  return (await afterAction(marked, title, numbers))['a.metrics.yaml'] ?? '';
}

/** Titles of the actions at the cursor. */
export async function titlesIn(
  marked: string | Texts,
  numbers?: Partial<Numbers>,
  only?: readonly string[],
): Promise<readonly string[]> {
  return (await actionsIn(marked, numbers, only)).actions.map(({ title }) => title);
}

/** Texts after edits of several files. */
export function applied(texts: Texts, edits: readonly TextEdit[]): Texts {
  const changed: Record<string, string> = { ...texts };
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const path = file.slice(ROOT.length + 1);
    const own = edits.filter((edit) => edit.file === file);
    const sorted = own.toSorted((a, b) => a.span.start - b.span.start);
    for (const [index, edit] of sorted.entries()) {
      const before = sorted[index - 1];
      assert.ok(
        before === undefined || before.span.end < edit.span.start,
        'edits that touch depend on their order',
      );
    }
    changed[path] = applyEdits(changed[path] ?? '', own);
  }
  return changed;
}

/** A project's problems and what features are computed from. */
export async function analysed(texts: Texts, numbers?: Numbers): Promise<IdeContext> {
  const { checked, problems } = analyse(asWhole(await projectOf(texts, kinds)), kinds);
  return { checked, problems, numbers };
}

/** How many problems of each code there are. */
export function countCodes(problems: readonly Problem[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of problems) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

/** A project of tickets, accounts and spells, for a metrics file of a test to stand beside. */
export const DATA = {
  'data/tickets.csv':
    'ticket_id,opened_at,closed_at,account_id,priority,hours\n1,2025-01-01,2025-01-02,1,high,2\n',
  'data/accounts.csv': 'account_id,name,signed_up_on\n1,a,2025-01-01\n',
  'data/spells.csv': 'account_id,from_on,to_on\n1,2025-01-01,\n',
  'sources.metrics.yaml': `plumbline: 1
sources:
  tickets:
    data: data/tickets.csv
    key: ticket_id
    time: opened_at
    links: { account: { to: accounts, using: account_id } }
  accounts: { data: data/accounts.csv, key: account_id, time: signed_up_on }
  spells: { data: data/spells.csv, lifespan: { start: from_on, end: to_on } }
segments:
  account_name: { source: accounts, by: name }
`,
};

/** A metrics file beside `DATA`, after an action in it. */
export async function changed(text: string, title: string): Promise<string> {
  return (await afterAction({ ...DATA, 'a.metrics.yaml': text }, title))['a.metrics.yaml'] ?? '';
}
