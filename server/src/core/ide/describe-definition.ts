import type { DefinitionKind } from '../model/project.ts';
import { metricBlocks, namedBlocks } from './hover/definition.ts';
import type { IdeContext } from './ide-context.ts';
import { toMarkdown } from './prose/markdown.ts';

/** A definition in words with the numbers that are known of it, as the hover over its name says it; `undefined` where there is none. */
export function describeDefinition(
  context: IdeContext,
  kind: DefinitionKind,
  name: string,
): string | undefined {
  const metric = kind === 'metric' ? context.checked.project.metrics.get(name) : undefined;
  const blocks =
    kind !== 'metric'
      ? namedBlocks(context, kind, name)
      : metric === undefined
        ? []
        : metricBlocks(context, metric);
  return blocks.length === 0 ? undefined : toMarkdown(blocks);
}
