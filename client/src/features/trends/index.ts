import {
  ColorThemeKind,
  type DecorationOptions,
  DecorationRangeBehavior,
  Disposable,
  Range,
  type TextEditor,
  type ThemableDecorationAttachmentRenderOptions,
  Uri,
  window,
  workspace,
} from 'vscode';
import { type Trend, trendsRequest } from '../../../../server/src/protocol/index.ts';
import { DISK } from '../../has-files.ts';
import { METRICS } from '../../our-documents.ts';
import { soon } from '../../soon.ts';
import type { ClientFeature } from '../feature.ts';
import { HEIGHT, type Theme, trendPicture, WIDTH } from './trend-picture.ts';

/** Numbers come one after the other. */
const DELAY_MS = 150;
const SETTING = 'plumbline.trends.enabled';

const THEMES: Readonly<Record<ColorThemeKind, Theme>> = {
  [ColorThemeKind.Light]: 'light',
  [ColorThemeKind.Dark]: 'dark',
  [ColorThemeKind.HighContrast]: 'high-contrast-dark',
  [ColorThemeKind.HighContrastLight]: 'high-contrast-light',
};

/**
 * Draws the trend of each metric behind the line that names it. Who cannot see it is told by the hover, which says the same in words and has
 * more of it.
 */
export const trends: ClientFeature = ({ server, log }) => {
  const decoration = window.createTextEditorDecorationType({
    rangeBehavior: DecorationRangeBehavior.ClosedClosed,
  });
  const draw = async (editor: TextEditor): Promise<void> => {
    const { uri, version } = editor.document;
    if (!isEnabled(uri) || !server.running) return editor.setDecorations(decoration, []);
    const found = await server.request(trendsRequest, { textDocument: { uri: uri.toString() } });
    // Lines are of the text that was asked about. Whoever has typed meanwhile is told of numbers again.
    if (editor.document.version === version)
      editor.setDecorations(decoration, decorationsOf(editor, found ?? []));
  };
  const redraw = soon(DELAY_MS, async () => {
    const ours = window.visibleTextEditors.filter(
      ({ document }) => document.languageId === METRICS && document.uri.scheme === DISK,
    );
    for (const drawn of await Promise.allSettled(ours.map(draw))) {
      if (drawn.status === 'rejected') log.debug(`A trend is not known: ${String(drawn.reason)}`);
    }
  });
  return Disposable.from(
    decoration,
    redraw,
    // After an edit its problems come first, and with them numbers are old.
    server.onChanged(() => redraw.soon()),
    server.onState(() => redraw.now()),
    window.onDidChangeVisibleTextEditors(() => redraw.now()),
    window.onDidChangeActiveColorTheme(() => redraw.now()),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTING)) redraw.now();
    }),
  );
};

function isEnabled(uri: Uri): boolean {
  return workspace.getConfiguration(undefined, uri).get<boolean>(SETTING, true);
}

function decorationsOf({ document }: TextEditor, found: readonly Trend[]): readonly DecorationOptions[] {
  const theme = THEMES[window.activeColorTheme.kind];
  return found.flatMap((trend) => {
    const picture = trendPicture(trend, theme);
    if (picture === undefined || trend.line >= document.lineCount) return [];
    const { end } = document.lineAt(trend.line).range;
    return [{ range: new Range(end, end), renderOptions: { after: afterLine(picture) } }];
  });
}

/** Vertically in the middle of the line, with room on both sides, as the value stands there as well. */
function afterLine(picture: string): ThemableDecorationAttachmentRenderOptions {
  return {
    contentIconPath: Uri.parse(`data:image/svg+xml;base64,${Buffer.from(picture).toString('base64')}`),
    width: `${WIDTH}px`,
    height: `${HEIGHT}px`,
    margin: '0 0 0 1.5ch',
  };
}
