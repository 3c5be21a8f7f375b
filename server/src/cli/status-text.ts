import type { TargetStatus } from '../core/evaluate/target-status.ts';
import type { Look } from './look.ts';
import type { Cell } from './table.ts';

/** The status of a target as a cell: a sign and words, so that it can be read without colours. */
export function statusCell(status: TargetStatus | null, { color, glyphs }: Look): Cell {
  switch (status) {
    case null:
      return { text: '' };
    case 'met':
      return { text: `${glyphs.ok} met`, paint: color.green };
    case 'on_track':
      return { text: `${glyphs.ok} on track`, paint: color.green };
    case 'inconclusive':
      return { text: `${glyphs.unsure} inconclusive`, paint: color.yellow };
    case 'at_risk':
      return { text: `${glyphs.warning} at risk`, paint: color.yellow };
    case 'missed':
      return { text: `${glyphs.failed} missed`, paint: color.red };
    case 'off_track':
      return { text: `${glyphs.failed} off track`, paint: color.red };
    case 'no_data':
      return { text: `${glyphs.nothing} no data`, paint: color.dim };
  }
}
