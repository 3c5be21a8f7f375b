import { type Position, Range, type SelectionRange } from 'vscode-languageserver';
import { selectionRanges } from '../../core/ide/selection-ranges.ts';
import { answer } from '../answer.ts';
import type { Feature } from '../feature.ts';
import { holds } from '../ranges.ts';
import type { Snapshot } from '../snapshot.ts';

/** What "expand selection" selects, step by step. */
export const selectionRange: Feature = {
  capabilities: { selectionRangeProvider: true },
  register(context) {
    context.connection.onSelectionRanges(({ textDocument, positions }, token) =>
      answer(context, textDocument.uri, token, (snapshot) =>
        positions.map((position) => rangesAt(snapshot, textDocument.uri, position)),
      ),
    );
  },
};

/** The protocol wants an answer for each position, and each range to hold the one before. */
function rangesAt(snapshot: Snapshot, uri: string, position: Position): SelectionRange {
  const at = snapshot.at(uri, position);
  const spans = at === undefined ? [] : selectionRanges(at.context, at.file, at.offset);
  const ranges: Range[] = [];
  for (const span of spans) {
    const range = snapshot.range({ file: at?.file.file.path ?? '', span });
    const last = ranges.at(-1);
    if (last === undefined || holds(range, last)) ranges.push(range);
  }
  const outermost = ranges.pop();
  if (outermost === undefined) return { range: Range.create(position, position) };
  return ranges.reduceRight<SelectionRange>((parent, range) => ({ range, parent }), { range: outermost });
}
