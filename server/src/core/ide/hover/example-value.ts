import { formatValue, NO_DATA } from '../../evaluate/format-value.ts';
import { metricFormat } from '../../evaluate/metric-format.ts';
import type { IdeContext } from '../ide-context.ts';
import { type Block, paragraph } from '../prose/prose.ts';
import { countText } from './counts.ts';
import type { Subject } from './subject.ts';
import { notEvaluated, staleBlocks } from './unknown.ts';

/** Whether an example passes, and what was computed. */
export function exampleValue(
  context: IdeContext,
  { metric, example, index }: NonNullable<Subject['example']>,
): readonly Block[] {
  const known = context.numbers?.example(metric.name, index);
  if (known === undefined) return [notEvaluated(context, metric)];
  const { passed, computed, refused } = known.value;
  if (refused !== undefined || computed === undefined) {
    return [paragraph('Not evaluated: ', refused ?? 'it could not be computed.'), ...staleBlocks(known)];
  }
  // Two digits more than is written show by how much it is missed.
  const format = metricFormat(context.checked, metric);
  const value = formatValue(computed.value, { ...format, decimals: (example.expect?.decimals ?? 0) + 2 });
  const wanted = example.expect === null ? NO_DATA : (example.expect?.text ?? 'nothing');
  return [
    paragraph(
      { strong: passed ? 'Passes' : 'Fails' },
      `: computed ${value}, expected ${wanted} (n = ${countText(computed.n)}).`,
    ),
    ...staleBlocks(known),
  ];
}
