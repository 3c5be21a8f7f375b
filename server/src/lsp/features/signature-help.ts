import { MarkupKind, type SignatureHelp } from 'vscode-languageserver';
import { signatureHelp as signatureAt } from '../../core/ide/signature-help.ts';
import { answer } from '../answer.ts';
import type { Feature } from '../feature.ts';

/** `textDocument/signatureHelp`, inside the calls of expressions. */
export const signatureHelp: Feature = {
  capabilities: { signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: [' ', ')'] } },
  register(context) {
    context.connection.onSignatureHelp(({ textDocument: { uri }, position }, token) =>
      answer(context, uri, token, (snapshot): SignatureHelp | undefined => {
        const at = snapshot.at(uri, position);
        const found = at && signatureAt(at.context, at.file, at.offset);
        if (found === undefined) return undefined;
        const { call, active } = found;
        const options = context.client().textDocument?.signatureHelp?.signatureInformation;
        const isMarkdown = options?.documentationFormat?.includes(MarkupKind.Markdown) === true;
        const example = isMarkdown ? `\`${call.example.text}\`` : call.example.text;
        const documentation = `${call.summary}\n\nExample: ${example}`;
        const canPoint = options?.parameterInformation?.labelOffsetSupport === true;
        return {
          signatures: [
            {
              label: call.label,
              documentation: {
                kind: isMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText,
                value: documentation,
              },
              parameters: call.parameters.map(({ span: [start, end], documentation: text }) => ({
                label: canPoint ? [start, end] : call.label.slice(start, end),
                documentation: text,
              })),
            },
          ],
          activeSignature: 0,
          activeParameter: active,
        };
      }),
    );
  },
};
