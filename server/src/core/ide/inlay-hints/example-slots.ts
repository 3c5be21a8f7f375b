import type { Checked } from '../../check/checked.ts';
import { computedText, countedText, expectedText } from '../../evaluate/example-text.ts';
import { NO_DATA } from '../../evaluate/format-value.ts';
import type { Numbers } from '../../evaluate/numbers.ts';
import { unitOf } from '../../model/metric-unit.ts';
import type { Metric } from '../../model/project.ts';
import type { IdeContext, IdeFile } from '../ide-context.ts';
import { isBlocked, NOT_EVALUATED } from './metric-format.ts';
import { behindValue } from './places.ts';
import type { HintSlot, HintText } from './slot.ts';
import { plainMarkdown, tooltipOf } from './words.ts';

/** Beside what each example expects, whether it comes out: `✓`, or `✗ computed 41.2`. */
export function exampleSlots(
  { checked }: IdeContext,
  { file }: IdeFile,
  metric: Metric,
): readonly HintSlot[] {
  const blocking = checked.blocking(metric);
  // Where only the data is in the way, examples that write out their rows can be computed all the same.
  const isOfData = blocking?.code.startsWith('data-') ?? false;
  if (isBlocked(checked, metric) && !isOfData) return [];
  return metric.examples.flatMap(({ expectNode, given }, index): HintSlot[] => {
    if (expectNode === undefined || expectNode.origin !== undefined) return [];
    if (isOfData && given === undefined) return [];
    return [
      {
        kind: 'example',
        offset: behindValue(file.text, expectNode),
        needs: [{ kind: 'example', metric: metric.name, index }],
        show: (numbers) => show(checked, metric, index, numbers),
      },
    ];
  });
}

function show(checked: Checked, metric: Metric, index: number, numbers: Numbers): HintText | undefined {
  const known = numbers.example(metric.name, index);
  if (known === undefined) return undefined;
  const { value: result, stale } = known;
  if (result.refused !== undefined) {
    return { label: NOT_EVALUATED, tooltip: tooltipOf([plainMarkdown(result.refused)], stale), stale };
  }
  const computed = computedText(result, unitOf(checked.project, checked.kinds, metric)) ?? NO_DATA;
  const rows = result.counted.length === 0 ? undefined : `From ${plainMarkdown(countedText(result))}.`;
  const words = result.passed
    ? `Computed ${computed}, as expected.`
    : `Computed ${computed}; ${expectedText(result)} is expected.`;
  return {
    label: result.passed ? '✓' : `✗ computed ${computed}`,
    tooltip: tooltipOf([words, rows], stale),
    stale,
  };
}
