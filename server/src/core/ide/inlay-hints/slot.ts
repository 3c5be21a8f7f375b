import type { Need, Numbers } from '../../evaluate/numbers.ts';

/** What a hint stands beside. Each kind can be switched off. */
export type HintKind = 'metric' | 'segment' | 'where' | 'target' | 'source' | 'example';

/** What a hint says. */
export interface HintText {
  readonly label: string;
  /** Markdown: the same in sentences, and what the label has no room for. */
  readonly tooltip: string;
  /** Whether the text or the data have changed since, so that the numbers may be others by now. */
  readonly stale: boolean;
}

/** A place where a hint can stand, with the numbers that it shows. What needs are computed for is so what is shown. */
export interface HintSlot {
  readonly kind: HintKind;
  /** In the text of the file. */
  readonly offset: number;
  readonly needs: readonly Need[];
  /** `undefined` where the numbers are not known, or where a problem says already that there are none. */
  show(numbers: Numbers): HintText | undefined;
}
