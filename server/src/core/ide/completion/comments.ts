import type { Span } from '../../base/span.ts';
import type { Candidate } from './item.ts';
import type { Completing } from './item-context.ts';

/** What can stand at the cursor in a comment: the words that silence a rule, and the rule's id behind them. */
export function commentCandidates(
  { text, options }: Completing,
  comment: Span,
  offset: number,
): { readonly span: Span; readonly candidates: readonly Candidate[] } | undefined {
  const before = text.slice(comment.start, offset);
  const behind = text.slice(offset, comment.end);
  const word = /^[\w-]*/.exec(behind)?.[0].length ?? 0;
  const rule = /^#\s*plumbline-ignore[ \t]+([\w-]*)$/.exec(before);
  if (rule !== null) {
    const span = { start: offset - (rule[1] ?? '').length, end: offset + word };
    const hasReason = /^[ \t]*:/.test(text.slice(span.end, comment.end));
    const candidates = (options.problemKinds ?? []).map(
      ({ id, summary }): Candidate => ({
        label: id,
        kind: 'rule',
        detail: summary,
        insert: hasReason ? [id] : [`${id}: `, { hole: 'reason' }],
        data: { of: 'rule', name: id },
      }),
    );
    return { span, candidates };
  }
  const start = /^#[ \t]*([\w-]*)$/.exec(before);
  // Prose that happens to begin so is left alone: the word is offered only as it is begun.
  if (start === null || !'plumbline-ignore'.startsWith(start[1] ?? '')) return undefined;
  if (behind.slice(word).trim() !== '') return undefined;
  const span = { start: offset - (start[1] ?? '').length, end: offset + word };
  const isGlued = before === '#';
  const insert = [`${isGlued ? ' ' : ''}plumbline-ignore `, { hole: 'rule-id' }, ': ', { hole: 'reason' }];
  return { span, candidates: [{ label: 'plumbline-ignore', kind: 'keyword', insert }] };
}
