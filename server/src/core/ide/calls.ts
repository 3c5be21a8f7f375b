import {
  type FunctionInfo,
  findFunction,
  isAggregate,
  type Parameter,
  type ParameterType,
  unitsOf,
} from '../syntax/expression/functions.ts';

/** How something is called in an expression, for signatures and hovers. */
export interface CallInfo {
  /** `round(x: number, [digits: integer])`. */
  readonly label: string;
  readonly parameters: readonly {
    /** Where it stands in the label. */
    readonly span: readonly [start: number, end: number];
    readonly documentation: string;
    readonly repeated: boolean;
  }[];
  readonly summary: string;
  /** An expression, and what it gives where that can be said. */
  readonly example: { readonly text: string; readonly gives: string | undefined };
}

/** What there is to say of a call by the name of its function, case ignored; `undefined` where there is no such function. */
export function callInfo(name: string): CallInfo | undefined {
  const word = name.toLowerCase();
  const special = SPECIAL.get(word);
  if (special !== undefined) return special;
  const info = findFunction(word);
  return info === null ? undefined : ofFunction(info);
}

function ofFunction(info: FunctionInfo): CallInfo {
  const rows = isAggregate(info) ? ` over rows whose x is ${info.over.map(literalText).join(', ')}` : '';
  return {
    ...labelled(
      info.name,
      info.parameters.map((parameter) => partOf(info, parameter)),
    ),
    summary: info.summary,
    example: { text: info.example, gives: `${literalText(info.gives)}${rows}` },
  };
}

interface LabelPart {
  readonly text: string;
  readonly documentation: string;
  readonly repeated: boolean;
}

function labelled(name: string, parts: readonly LabelPart[]): Pick<CallInfo, 'label' | 'parameters'> {
  let label = `${name}(`;
  const parameters = parts.map(({ text, documentation, repeated }, index) => {
    if (index > 0) label += ', ';
    const start = label.length;
    label += text;
    return { span: [start, label.length] as const, documentation, repeated };
  });
  return { label: `${label})`, parameters };
}

function partOf(info: FunctionInfo, { name, type, optional, repeated }: Parameter): LabelPart {
  const typed = `${name}: ${TYPES[type].word}`;
  const text = repeated ? `${typed}, …` : optional ? `[${typed}]` : typed;
  const units =
    type === 'unit'
      ? `One of ${unitsOf(info.name as Parameters<typeof unitsOf>[0])
          .map((unit) => `'${unit}'`)
          .join(', ')}.`
      : undefined;
  return { text, documentation: units ?? TYPES[type].documentation, repeated: repeated === true };
}

const TYPES: Readonly<Record<ParameterType, { readonly word: string; readonly documentation: string }>> = {
  boolean: { word: 'boolean', documentation: 'A condition.' },
  integer: { word: 'integer', documentation: 'A whole number.' },
  number: { word: 'number', documentation: 'A number.' },
  text: { word: 'text', documentation: 'A text.' },
  time: { word: 'date', documentation: 'A date or a timestamp.' },
  any: { word: 'any', documentation: 'A value of any type.' },
  alike: { word: 'any', documentation: 'A value of the same type as the others.' },
  ordered: {
    word: 'any',
    documentation: 'A number, text, date or timestamp, of the same type as the others.',
  },
  unit: { word: "'unit'", documentation: 'A unit in quotes.' },
  pattern: { word: "'pattern'", documentation: 'A regular expression in quotes.' },
  quoted: { word: "'text'", documentation: 'A text in quotes.' },
};

function literalText(value: string | number | boolean | null): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

/** What is called like a function and is no function of the catalogue. */
const SPECIAL: ReadonlyMap<string, CallInfo> = new Map([
  [
    'previous',
    {
      ...labelled('previous', [
        { text: 'metric', documentation: 'The name of a metric.', repeated: false },
        {
          text: "['interval']",
          documentation:
            "How far back, in whole periods of the grain, such as '1 year'. One period unless given.",
          repeated: false,
        },
      ]),
      summary:
        'The value of a metric one period back, or a calendar interval back; null before the series starts.',
      example: { text: "mrr / previous(mrr, '1 year') - 1", gives: undefined },
    },
  ],
  [
    'cast',
    {
      label: 'cast(x as type)',
      parameters: [
        { span: [5, 6], documentation: 'The value to change.', repeated: false },
        {
          span: [10, 14],
          documentation: 'boolean, integer, number, text, date or timestamp.',
          repeated: false,
        },
      ],
      summary: 'The value as another type; null where that is not possible.',
      example: { text: "cast('12' as integer)", gives: '12' },
    },
  ],
]);
