import type { ComparedHeadline, Comparison, Location } from '../../../../server/src/protocol/index.ts';
import { oneLine } from './plain-text.ts';

/** What a metric was before, to be drawn behind its name. */
export interface OldValue {
  /** Where its name stands now. */
  readonly at: Location;
  readonly label: string;
  /** Its value in the last period that is complete on both sides; null where only other values moved. */
  readonly headline: ComparedHeadline | null;
  /** How many values of periods and groups moved, of so many. */
  readonly moved: number;
  readonly compared: number;
}

/** The metrics of which a value is another than before, and that are still there. */
export function oldValues({ metrics }: Comparison): readonly OldValue[] {
  return metrics.flatMap(({ at, label, headline, moved, compared }): readonly OldValue[] => {
    const isMoved = headline?.isMoved ?? false;
    if (at.after === null || (!isMoved && moved === 0)) return [];
    return [{ at: at.after, label: oneLine(label), headline: isMoved ? headline : null, moved, compared }];
  });
}
