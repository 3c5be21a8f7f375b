import {
  type DecorationOptions,
  DecorationRangeBehavior,
  Disposable,
  l10n,
  MarkdownString,
  Range,
  type TextDocument,
  type ThemableDecorationAttachmentRenderOptions,
  ThemeColor,
  window,
  workspace,
} from 'vscode';
import { rangeFrom, uriFrom } from '../../from-protocol.ts';
import { sinceWords } from './base-words.ts';
import { shortRef } from './bases.ts';
import type { Compared, ComparisonModel } from './comparison-model.ts';
import { type OldValue, oldValues } from './old-values.ts';
import { asMarkdown } from './plain-text.ts';

const SETTING = 'plumbline.changes.decorations';

/** Writes behind the name of each metric whose value is another than before what it was. */
export function oldValueDecorations(model: ComparisonModel): Disposable {
  const decoration = window.createTextEditorDecorationType({
    rangeBehavior: DecorationRangeBehavior.ClosedClosed,
  });
  const draw = (): void => {
    const { compared } = model;
    for (const editor of window.visibleTextEditors) {
      const { document } = editor;
      if (compared?.comparison == null || !isEnabled(document)) editor.setDecorations(decoration, []);
      // The editor moves what is drawn with the text, until what belongs to the new text is known.
      else if (isAsCompared(document, compared))
        editor.setDecorations(decoration, decorationsOf(document, compared));
    }
  };
  return Disposable.from(
    decoration,
    model.onChanged(draw),
    window.onDidChangeVisibleTextEditors(draw),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTING)) draw();
    }),
  );
}

function isEnabled({ uri }: TextDocument): boolean {
  return workspace.getConfiguration(undefined, uri).get<boolean>(SETTING, true);
}

/** Whether a document has the text that was compared, so that places in it are the same. */
function isAsCompared({ uri, version, isDirty }: TextDocument, { versions }: Compared): boolean {
  const known = versions.get(uri.toString());
  return known === undefined ? !isDirty : known === version;
}

function decorationsOf(document: TextDocument, compared: Compared): readonly DecorationOptions[] {
  const own = document.uri.toString();
  return (compared.comparison === null ? [] : oldValues(compared.comparison))
    .filter(({ at }) => uriFrom(at.uri).toString() === own && at.range.start.line < document.lineCount)
    .flatMap((old) => {
      const name = document.validateRange(rangeFrom(old.at.range));
      const { end } = document.lineAt(name.start.line).range;
      return [
        // At the very end, so that it stands behind the value that is there now.
        { range: new Range(end, end), renderOptions: { after: afterLine(text(old, compared)) } },
        // What stands behind a line cannot be pointed at; the name of the metric can.
        { range: name.with(name.start, end), hoverMessage: hover(old, compared) },
      ];
    });
}

/** Like the value that is there now, and set apart from it. */
function afterLine(contentText: string): ThemableDecorationAttachmentRenderOptions {
  return {
    contentText,
    margin: '0 0 0 1.5ch',
    color: new ThemeColor('editorInlayHint.foreground'),
    fontStyle: 'italic',
  };
}

function text({ headline, moved, compared: of }: OldValue, { base }: Compared): string {
  return headline === null
    ? l10n.t('{0} of {1} values moved ({2})', moved, of, shortRef(base.ref))
    : l10n.t('was {0} ({1})', headline.before, shortRef(base.ref));
}

/** Names and values are text of strangers, and none of it is read as Markdown. */
function hover({ label, headline, moved, compared: of }: OldValue, { base }: Compared): MarkdownString {
  const since = sinceWords(base);
  const lines = [l10n.t('{0} of {1} values of periods and groups moved {2}.', moved, of, since)];
  if (headline !== null) {
    const { period, before, after, change } = headline;
    lines.unshift(
      change === null
        ? l10n.t('{0}, {1}: {2} before, {3} now, {4}.', label, period, before, after, since)
        : l10n.t('{0}, {1}: {2} before, {3} now, {4}: {5}.', label, period, before, after, since, change),
    );
  }
  return new MarkdownString(lines.map(asMarkdown).join('\n\n'));
}
