import type { Path } from '../../schema/applicable.ts';
import { allowedValues, describeKey } from '../../schema/describe.ts';
import { callInfo } from '../calls.ts';
import type { IdeFile } from '../ide-context.ts';
import { type Block, paragraph } from '../prose/prose.ts';

/** What a function of expressions does. */
export function functionBlocks(name: string): readonly Block[] {
  const info = callInfo(name);
  if (info === undefined) return [];
  const { text, gives } = info.example;
  return [
    { kind: 'code', language: 'sql', text: info.label },
    paragraph(info.summary),
    paragraph('Example: ', { code: text }, ...(gives === undefined ? [] : [' gives ', { code: gives }]), '.'),
  ];
}

const MOMENTS: Readonly<Record<string, string>> = {
  period_start:
    'The moment at which the period begins in which a row is counted. Compared with a date it is a date.',
  period_end:
    'The moment at which the period ends: the first that is no longer in it. Compared with a date it is a date.',
  event_time: "The metric's own time: the moment of the row. Compared with a date it is a date.",
};

/** What `period_start` and the like stand for. */
export function momentBlocks(name: string): readonly Block[] {
  return [paragraph({ strong: name }, ' (timestamp)'), paragraph(MOMENTS[name] ?? '')];
}

/** What the format says of a key. */
export function keyBlocks({ tree }: Pick<IdeFile, 'tree'>, path: Path): readonly Block[] {
  const key = describeKey('metrics', tree.root, path);
  if (key === undefined) return [];
  const { title, description, details, default: fallback } = key;
  return [
    ...(title === undefined ? [] : [paragraph({ strong: title })]),
    { kind: 'markdown', text: description },
    ...details.map((text): Block => ({ kind: 'markdown', text })),
    ...(fallback === undefined
      ? []
      : [
          paragraph(
            'Default: ',
            { code: typeof fallback === 'string' ? fallback : JSON.stringify(fallback) },
            '.',
          ),
        ]),
  ];
}

/** What the format says of a value, where it lists the values that may stand there. */
export function valueBlocks({ tree }: Pick<IdeFile, 'tree'>, path: Path, text: string): readonly Block[] {
  const value = allowedValues('metrics', tree.root, path).find((each) => String(each.value) === text);
  if (value === undefined) return [];
  const { title, description } = value;
  if (description === undefined) {
    // An item of a list is explained by the key of the list.
    return keyBlocks({ tree }, typeof path.at(-1) === 'number' ? path.slice(0, -1) : path);
  }
  return [
    ...(title === undefined ? [] : [paragraph({ strong: title })]),
    { kind: 'markdown', text: description },
  ];
}
