import type { SourceProfile } from '../../evaluate/numbers.ts';
import type { Source } from '../../model/project.ts';
import type { IdeFile } from '../ide-context.ts';
import { behindName } from './places.ts';
import type { HintSlot } from './slot.ts';
import { countWords, GAP, rowWords, tooltipOf } from './words.ts';

/** Beside a source its rows and the days that they span: `3,310 rows  2024-01-03 – 2025-06-30`. */
export function sourceSlot({ file }: IdeFile, source: Source): HintSlot {
  const { name } = source;
  return {
    kind: 'source',
    offset: behindName(file.text, source),
    needs: [{ kind: 'source', name }],
    show(numbers) {
      const known = numbers.source(name);
      if (known === undefined) return undefined;
      const { value: profile, stale } = known;
      const label = [rowWords(profile.rows), rangeText(profile)].filter((part) => part !== '');
      return { label: label.join(GAP), tooltip: tooltipOf(linesOf(profile), stale), stale };
    },
  };
}

function rangeText({ first, asOf }: SourceProfile): string {
  if (first === null) return asOf ?? '';
  return asOf === null ? `from ${first}` : `${first} – ${asOf}`;
}

function linesOf({ rows, duplicates, first, asOf }: SourceProfile): readonly (string | undefined)[] {
  return [
    `${rowWords(rows)}${first === null ? '' : `, the first of ${first}`}.`,
    asOf === null ? undefined : `${asOf} is the last day that counts.`,
    duplicates === 0
      ? undefined
      : `${countWords(duplicates)} exact ${duplicates === 1 ? 'duplicate was' : 'duplicates were'} left out.`,
  ];
}
