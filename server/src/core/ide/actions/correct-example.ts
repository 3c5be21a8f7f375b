import { touches } from '../../base/span.ts';
import { decimalsOf, unitOf } from '../../model/metric-unit.ts';
import type { Example, Metric } from '../../model/project.ts';
import { type ActionProvider, type ActionRequest, actionOf, type CodeAction } from './action.ts';
import { definitionAt } from './at-cursor.ts';
import { problemsAt } from './rule-fixes.ts';
import { writtenValue } from './write-example.ts';

/**
 * Puts the computed value in the place of the one that a failing example expects, to the decimals written there. It is not sure:
 * a failing example may well be right, and the definition wrong.
 */
export const correctExample: ActionProvider = (request) => {
  const metric = definitionAt(request);
  if (metric?.definition !== 'metric' || request.context.numbers === undefined) return [];
  const index = metric.examples.findIndex(
    ({ node }) => node.origin === undefined && touches(node.span, request.span.start),
  );
  const example = metric.examples[index];
  return example === undefined ? [] : correct(request, metric, index, example);
};

function correct(
  { context, file }: ActionRequest,
  metric: Metric,
  index: number,
  example: Example,
): readonly CodeAction[] {
  const known = context.numbers?.example(metric.name, index);
  const { expectNode } = example;
  if (known === undefined || known.stale || known.value.passed || expectNode === undefined) return [];
  const { computed } = known.value;
  if (computed === undefined || expectNode.origin !== undefined) return [];
  const { project, kinds } = context.checked;
  const expected = example.expect ?? undefined;
  const isPercent = expected?.percent ?? unitOf(project, kinds, metric) === 'percent';
  const decimals = expected?.decimals ?? decimalsOf(project, kinds, metric);
  const { written: text } = writtenValue(computed.value, decimals, isPercent);
  const problem = problemsAt(context, file.file.path, expectNode.span).find(
    ({ code }) => code === 'example-fails',
  );
  return actionOf(
    {
      title: `Expect the computed value ${text}`,
      kind: 'quickfix',
      ...(problem === undefined ? {} : { fixes: problem }),
    },
    [{ file: file.file.path, span: expectNode.span, text }],
  );
}
