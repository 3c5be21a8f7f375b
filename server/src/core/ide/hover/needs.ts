import type { Need } from '../../evaluate/numbers.ts';
import type { IdeContext, IdeFile } from '../ide-context.ts';
import type { SymbolAt } from '../symbol-at.ts';
import { targetsOf } from './metric-targets.ts';
import { subjectAt } from './subject.ts';

/** The numbers that the hover at an offset would show. */
export function hoverNeeds(context: IdeContext, file: IdeFile, offset: number): readonly Need[] {
  const subject = subjectAt(context, file, offset);
  if (subject === undefined) return [];
  const { symbol, clause, target, example } = subject;
  return [
    ...symbolNeeds(context, symbol),
    ...(clause === undefined ? [] : [{ kind: 'funnel', name: clause.metric.name } as const]),
    ...(target === undefined ? [] : [{ kind: 'target', name: target.name } as const]),
    ...(example === undefined
      ? []
      : [{ kind: 'example', metric: example.metric.name, index: example.index } as const]),
  ];
}

function symbolNeeds({ checked }: IdeContext, symbol: SymbolAt): readonly Need[] {
  switch (symbol.kind) {
    case 'metric':
      if (checked.project.metrics.get(symbol.name) === undefined) return [];
      return [
        { kind: 'metric', name: symbol.name },
        ...targetsOf(checked.project, symbol.name).map(({ name }): Need => ({ kind: 'target', name })),
      ];
    case 'source':
    case 'segment':
    case 'target':
      return [{ kind: symbol.kind, name: symbol.name }];
    case 'group':
      return [{ kind: 'segment', name: symbol.segment }];
    case 'column':
      return [{ kind: 'column', source: symbol.source, column: symbol.column }];
    default:
      return [];
  }
}
