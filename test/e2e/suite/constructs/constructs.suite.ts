import assert from 'node:assert/strict';
import {
  type CodeAction,
  type CompletionList,
  commands,
  type Diagnostic,
  DiagnosticSeverity,
  type Hover,
  MarkdownString,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import { hintBeside, inWorkspace, problemsOf, rangeOf, replace, revert } from '../kit.ts';
import { hasPage, screenshot, waitForText } from '../page.ts';
import { CASES, type Case } from './cases.ts';

/** A preview that is whole, and not marked as old. */
const WHOLE = 'main[aria-busy="false"]';

describe('every construct of the format', () => {
  const documents = new Map<string, TextDocument>();
  const documentOf = (file: string): TextDocument => {
    const document = documents.get(file);
    assert.ok(document, file);
    return document;
  };

  before(async () => {
    for (const file of ['sources', 'constructs'])
      documents.set(file, await workspace.openTextDocument(inWorkspace(`${file}.metrics.yaml`)));
    await window.showTextDocument(documentOf('constructs'));
  });

  for (const each of CASES) {
    describe(each.construct, () => {
      afterEach(async () => {
        for (const document of documents.values()) if (document.isDirty) await revert(document);
      });

      it('has its value beside it', async () => {
        const hint = await hintBeside(documentOf('constructs'), `  ${each.metric}:`, /^[^…]/);
        assert.ok(` ${hint} `.startsWith(` ${each.value} `), hint);
      });

      it('is said in words in the hover', async () => {
        assert.match(await hoverOf(documentOf('constructs'), each.metric), each.words);
      });

      it('is completed', () => completes(documentOf(each.cut[0]), each.cut));

      const { mistake } = each;
      if (mistake !== undefined)
        it('is mended by a quick fix', () => mends(documentOf('constructs'), mistake));

      it('is shown in the preview', async function () {
        if (!hasPage) this.skip();
        const uri = documentOf('constructs').uri.toString();
        const subject = { kind: 'metric', name: each.metric };
        await commands.executeCommand('plumbline.openPreview', { uri, subject });
        const label = each.metric.replaceAll('_', ' ');
        await waitForText(`${WHOLE} h1`, new RegExp(`^${label}$`, 'i'), 'webview');
        await waitForText(`${WHOLE} .headline .value`, new RegExp(`^${escaped(each.value)}`), 'webview');
        await screenshot(`construct-${each.metric}`, `${WHOLE} h1`, 'webview');
      });
    });
  }
});

async function hoverOf(document: TextDocument, metric: string): Promise<string> {
  const at = rangeOf(document, `  ${metric}:`).start.translate(0, 3);
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, at);
  return hovers
    .flatMap(({ contents }) => contents.map((each) => (each instanceof MarkdownString ? each.value : '')))
    .join('\n');
}

/** Cuts a text short, and asks what may stand behind what is left of it. */
async function completes(document: TextDocument, [, text, cut, offered]: Case['cut']): Promise<void> {
  const range = rangeOf(document, text);
  await replace(document, range, cut);
  // Behind what both have in common, and what is left of the word.
  const common = [...cut].findIndex((char, index) => char !== text[index]);
  const at = document.offsetAt(range.start) + (common < 0 ? cut.length : common);
  const { items } = await commands.executeCommand<CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    document.positionAt(at),
  );
  const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
  for (const label of offered)
    assert.ok(labels.includes(label), `${label} is not among ${labels.join(', ')}`);
}

/** Writes something wrong, and has it mended. */
async function mends(
  document: TextDocument,
  [right, wrong, title]: NonNullable<Case['mistake']>,
): Promise<void> {
  const before = document.getText();
  await replace(document, rangeOf(document, right), wrong);
  const isError = ({ severity }: Diagnostic): boolean => severity === DiagnosticSeverity.Error;
  const problem = (await problemsOf(document.uri, (problems) => problems.some(isError))).find(isError);
  assert.ok(problem);
  const actions = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    problem.range,
    'quickfix',
  );
  const fix = actions.find((action) => title.test(action.title));
  assert.ok(fix?.edit, actions.map((action) => action.title).join(', '));
  assert.ok(await workspace.applyEdit(fix.edit));
  assert.equal(document.getText(), before);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
