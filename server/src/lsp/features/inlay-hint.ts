import { type InlayHint as ClientHint, MarkupKind } from 'vscode-languageserver';
import { type InlayHint, inlayHints, inlayNeeds } from '../../core/ide/inlay-hints.ts';
import { answer } from '../answer.ts';
import type { Feature } from '../feature.ts';
import type { Snapshot } from '../snapshot.ts';

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
        const files = snapshot.filesIn(uri, range);
        const around = snapshot.around(files);
        return files.flatMap((file) => {
          const whole = { start: 0, end: file.file.text.length };
          snapshot.want(inlayNeeds(around, file, whole, options));
          return inlayHints(around, file, whole, options).map((hint) =>
            toClient(snapshot, file.file.path, hint),
          );
        });
      }),
    );
  },
};

function toClient(snapshot: Snapshot, file: string, { offset, label, tooltip }: InlayHint): ClientHint {
  return {
    position: snapshot.range({ file, span: { start: offset, end: offset } }).start,
    label,
    tooltip: { kind: MarkupKind.Markdown, value: tooltip },
    paddingLeft: true,
  };
}
