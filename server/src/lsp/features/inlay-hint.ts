import { type InlayHint, MarkupKind } from 'vscode-languageserver';
import { inlayHints, inlayNeeds } from '../../core/ide/inlay-hints.ts';
import { answer } from '../answer.ts';
import { spansIn } from '../document-spans.ts';
import type { Feature } from '../feature.ts';

/**
 * Values beside what they belong to, as they are known now. Those that are missing or old are only asked for: nobody waits for a
 * number, and the client asks again when it is there.
 */
export const inlayHint: Feature = {
  capabilities: { inlayHintProvider: true },
  register(context) {
    context.connection.languages.inlayHint.on(({ textDocument: { uri }, range }, token) =>
      answer(context, uri, token, async (snapshot) => {
        const { inlayHints: options } = await context.settings.of(uri);
        const spans = spansIn(snapshot, uri, range);
        const needs = spans.flatMap(({ file, span }) => inlayNeeds(snapshot.context, file, span, options));
        snapshot.ensure(needs, token).catch(() => {});
        return spans.flatMap(({ file, span }) =>
          inlayHints(snapshot.context, file, span, options).map(({ offset, label, tooltip }): InlayHint => {
            const place = { file: file.file.path, span: { start: offset, end: offset } };
            return {
              position: snapshot.range(place).start,
              label,
              tooltip: { kind: MarkupKind.Markdown, value: tooltip },
              paddingLeft: true,
            };
          }),
        );
      }),
    );
  },
};
