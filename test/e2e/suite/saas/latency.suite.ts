import assert from 'node:assert/strict';
import { commands, Selection, type TextDocument, window, workspace } from 'vscode';
import type { Followed } from '../../code-server/follow-line.ts';
import { hintBeside, inWorkspace, rangeOf, replace, reveal, revert } from '../kit.ts';
import { hasPage, typeUntilNew, waitForText } from '../page.ts';
import { followWire, type Message } from '../wire.ts';

const KEYS = [...'0123456789'];

/** The steps from a key to the value on screen, with what ends each. */
const STEPS = {
  'editor to server': (messages: readonly Message[]) =>
    messages.find(({ method }) => method === 'textDocument/didChange'),
  'server and engine': (messages: readonly Message[]) =>
    messages.findLast(({ method, isAnswer }) => method === 'workspace/inlayHint/refresh' && !isAnswer),
  'editor asks anew': (messages: readonly Message[]) =>
    messages.findLast(({ method, isAnswer }) => method === 'textDocument/inlayHint' && !isAnswer),
  'server answers': (messages: readonly Message[]) =>
    messages.findLast(({ method, isAnswer }) => method === 'textDocument/inlayHint' && isAnswer),
};

describe('from a key to the value on screen', () => {
  let document: TextDocument;

  before(async function () {
    if (!hasPage) this.skip();
    document = await workspace.openTextDocument(inWorkspace('support.metrics.yaml'));
    await window.showTextDocument(document);
  });

  after(async () => {
    if (hasPage) await revert(document);
  });

  it('every value comes', async function () {
    await replace(document, rangeOf(document, "priority = 'urgent'"), 'hours_to_first_reply > 1');
    await hintBeside(document, 'where: hours_to_first_reply > 1', /^[^…]/);
    const { end } = rangeOf(document, 'where: hours_to_first_reply > 1');
    await window.showTextDocument(document, { selection: new Selection(end, end) });
    reveal('urgent_on_time:');
    const runs: Readonly<Record<string, number>>[] = [];
    for (const key of KEYS) {
      await waitForText('.view-line', /urgent_on_time:\s19\.8/);
      const messages: Message[] = [];
      const stop = followWire('dist/server.js', (message) => messages.push(message));
      const followed = await typeUntilNew(key, 'urgent_on_time:');
      stop();
      assert.match(followed.shown.at(-1)?.text ?? '', /^urgent_on_time: 0\.0 %/);
      runs.push(stepsOf(followed, messages));
      await commands.executeCommand('undo');
    }
    if (this.test !== undefined) this.test.title += ` (median of ${KEYS.length}: ${describeMedians(runs)})`;
  });
});

/** How many milliseconds each step took. */
function stepsOf(
  { pressed, shown }: Followed,
  messages: readonly Message[],
): Readonly<Record<string, number>> {
  const total = shown.at(-1)?.at ?? Number.NaN;
  const before = messages.filter(({ at }) => at <= pressed + total);
  const ends = [...Object.values(STEPS).map((ended) => ended(before)?.at ?? Number.NaN), pressed + total];
  const names = [...Object.keys(STEPS), 'editor paints'];
  const steps = names.map((name, index) => [
    name,
    (ends[index] ?? Number.NaN) - (index === 0 ? pressed : (ends[index - 1] ?? Number.NaN)),
  ]);
  return { total, ...Object.fromEntries(steps) };
}

function describeMedians(runs: readonly Readonly<Record<string, number>>[]): string {
  return Object.keys(runs[0] ?? {})
    .map((name) => `${name} ${Math.round(median(runs.map((run) => run[name] ?? Number.NaN)))} ms`)
    .join(', ');
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
