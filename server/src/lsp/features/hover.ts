import { MarkupKind } from 'vscode-languageserver';
import { hover as hoverAt } from '../../core/ide/hover/hover.ts';
import { hoverNeeds } from '../../core/ide/hover/needs.ts';
import { answer } from '../answer.ts';
import type { Feature } from '../feature.ts';

/** `textDocument/hover`: the first of the formats that the client prefers is used. */
export const hover: Feature = {
  capabilities: { hoverProvider: true },
  register(context) {
    context.connection.onHover(({ textDocument: { uri }, position }, token) =>
      answer(context, uri, token, async (snapshot) => {
        const at = snapshot.at(uri, position);
        if (at === undefined) return undefined;
        const needs = hoverNeeds(at.context, at.file, at.offset);
        if (needs.length > 0) await snapshot.ensure(needs, token);
        const found = hoverAt(at.context, at.file, at.offset);
        if (found === undefined) return undefined;
        const formats = context.client().textDocument?.hover?.contentFormat ?? [];
        const kind = formats.find(
          (format) => format === MarkupKind.Markdown || format === MarkupKind.PlainText,
        );
        const isMarkdown = kind === MarkupKind.Markdown;
        return {
          contents: { kind: kind ?? MarkupKind.PlainText, value: isMarkdown ? found.markdown : found.plain },
          range: snapshot.range({ file: at.file.file.path, span: found.span }),
        };
      }),
    );
  },
};
