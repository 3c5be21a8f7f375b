import type { Funnel, FunnelPart, Numbers } from '../../evaluate/numbers.ts';
import { referencesOf } from '../../model/metric-references.ts';
import type { ExpressionWord, Metric } from '../../model/project.ts';
import type { IdeContext, IdeFile } from '../ide-context.ts';
import { isBlocked } from './metric-format.ts';
import { behindValue } from './places.ts';
import type { HintSlot, HintText } from './slot.ts';
import { countWords, plainMarkdown, rowWords, shareWords, tooltipOf } from './words.ts';

/** Beside each condition of `where`, also of inline metrics, the rows that it keeps of those before it: `1,204 of 3,310 rows`. */
export function whereSlots({ checked }: IdeContext, { file }: IdeFile, metric: Metric): readonly HintSlot[] {
  if (isBlocked(checked, metric)) return [];
  const owners = withInline(metric, (of) =>
    referencesOf(checked.kinds, of).flatMap((part) => (part.kind === 'inline' ? [part.metric] : [])),
  );
  const written = owners.flatMap(({ where }) => where);
  return owners.flatMap((owner) =>
    owner.where
      .filter(({ node }) => node.origin === undefined)
      .map((word) => ({
        kind: 'where' as const,
        offset: behindValue(file.text, word.node),
        needs: [{ kind: 'funnel' as const, name: metric.name }],
        show: (numbers: Numbers) => show(numbers, metric, { word, owner, written }),
      })),
  );
}

function withInline(metric: Metric, inline: (of: Metric) => readonly Metric[]): readonly Metric[] {
  return [metric, ...inline(metric).flatMap((part) => withInline(part, inline))];
}

/** A condition, the metric in which it stands (maybe inline), and all conditions of the definition as they are now. */
interface Clause {
  readonly word: ExpressionWord;
  readonly owner: Metric;
  readonly written: readonly ExpressionWord[];
}

function show(numbers: Numbers, metric: Metric, clause: Clause): HintText | undefined {
  const known = numbers.funnel(metric.name);
  if (known === undefined) return undefined;
  const { stale } = known;
  const counts = countsOf(known.value, clause, stale);
  if (counts.length === 0) return undefined;
  const isOne = counts.length === 1;
  const label = counts.map(
    ({ kept, before, source }) =>
      `${countWords(kept)} of ${isOne ? rowWords(before) : `${countWords(before)} ${source}`}`,
  );
  const lines = counts.map(
    ({ kept, before, source }) =>
      `Keeps ${countWords(kept)} (${shareWords(kept, before)}) of the ${rowWords(before)} of ${plainMarkdown(source)} that what comes before it leaves.`,
  );
  return { label: label.join(' · '), tooltip: tooltipOf(lines, stale), stale };
}

interface Count {
  readonly source: string;
  readonly kept: number;
  readonly before: number;
}

/** One count for each part of the metric that the condition filters, unless they are the same. */
function countsOf({ parts }: Funnel, clause: Clause, stale: boolean): readonly Count[] {
  const own = parts.filter(({ metric }) => isPartOf(metric, clause.owner.name));
  const counts = (own.length > 0 ? own : parts).flatMap((part): Count[] => {
    const index = indexIn(part, clause, stale);
    const kept = part.clauses[index]?.kept;
    if (kept === undefined) return [];
    return [{ source: part.source, kept, before: part.clauses[index - 1]?.kept ?? part.timed ?? part.rows }];
  });
  return counts.filter(
    (count, index) =>
      counts.findIndex(
        ({ source, kept, before }) =>
          source === count.source && kept === count.kept && before === count.before,
      ) === index,
  );
}

/** Inline metrics are called by their path: `tickets_per_account.numerator` is a part of `tickets_per_account`. */
function isPartOf(part: string, name: string): boolean {
  return part === name || part.startsWith(`${name}.`);
}

/**
 * Where a condition stands in the way of a part. A text that was read again has other nodes but the same words. Of an old count, the
 * one condition that is written nowhere any more is the one that was changed.
 */
function indexIn({ clauses }: FunnelPart, { word, written }: Clause, stale: boolean): number {
  const same = clauses.findIndex((clause) => clause.word.node === word.node);
  if (same >= 0) return same;
  const alike = clauses.findIndex((clause) => clause.word.text === word.text);
  if (alike >= 0 || !stale) return alike;
  const texts = new Set(written.map(({ text }) => text));
  const gone = clauses.filter((clause) => !texts.has(clause.word.text));
  const before = new Set(clauses.map((clause) => clause.word.text));
  const come = written.filter(({ text }) => !before.has(text));
  return gone.length === 1 && come.length === 1 && gone[0] !== undefined ? clauses.indexOf(gone[0]) : -1;
}
