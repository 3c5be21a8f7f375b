import type { ProblemKind } from '../../base/problem.ts';
import type { Definition } from '../../model/project.ts';
import { ownProperty } from '../../schema/applicable.ts';
import { definitionOf, metricBranches, schemaOf } from '../../schema/json-schema.ts';
import { findFunction, signatureOf } from '../../syntax/expression/functions.ts';
import type { IdeContext } from '../ide-context.ts';
import type { CompletionData } from './item.ts';

/** The documentation of an item in Markdown, made when it is looked at. `undefined` where there is nothing to say. */
export function resolveCompletion(
  { checked }: IdeContext,
  data: CompletionData,
  problemKinds: readonly ProblemKind[] = [],
): string | undefined {
  const { sources, segments, metrics } = checked.project;
  switch (data.of) {
    case 'key':
      return keyDescription(data.schema, data.owner, data.key);
    case 'type':
      return metricBranches().find(({ type }) => type === data.name)?.schema.description;
    case 'function':
      return functionText(data.name);
    case 'rule': {
      const kind = problemKinds.find(({ id }) => id === data.name);
      return kind && `${kind.summary}\n\n${kind.documentation.trim()}`;
    }
    case 'source':
      return definitionText(sources.get(data.name));
    case 'segment':
      return definitionText(segments.get(data.name));
    case 'metric': {
      const metric = metrics.get(data.name);
      const use = metric?.deprecated?.use?.text;
      const text = [definitionText(metric), use && `Deprecated: use \`${use}\` instead.`];
      return text.filter(Boolean).join('\n\n') || undefined;
    }
    case 'column': {
      const column = checked.columns.get(data.source)?.columns.get(data.name);
      const { declared, header } = column ?? {};
      const computed = declared?.value && `Computed: \`${declared.value.text.trim()}\``;
      const renamed = header !== undefined && header !== data.name ? `Header: ${header}` : undefined;
      return [declared?.description, computed, renamed].filter(Boolean).join('\n\n') || undefined;
    }
  }
}

/** What the format says of a key of one of its definitions; the empty owner is the top of the file. */
function keyDescription(kind: 'metrics' | 'project', owner: string, key: string): string | undefined {
  const root = schemaOf(kind);
  const holder = owner === '' ? root : definitionOf(root, `#/$defs/${owner}`)?.schema;
  const own = holder && ownProperty(holder, key);
  if (typeof own !== 'object') return undefined;
  return own.description ?? (own.$ref && definitionOf(root, own.$ref)?.schema.description);
}

function functionText(name: string): string | undefined {
  const info = findFunction(name);
  if (info === null) return undefined;
  const example = 'over' in info ? '' : `\n\n\`${info.example}\` gives \`${JSON.stringify(info.gives)}\``;
  return `\`${signatureOf(info)}\`\n\n${info.summary}${example}`;
}

function definitionText(definition: Definition | undefined): string | undefined {
  if (definition === undefined) return undefined;
  const { label, description, owner } = definition;
  const parts = [label && `**${label}**`, description, owner && `Owner: ${owner}`];
  return parts.filter(Boolean).join('\n\n') || undefined;
}
