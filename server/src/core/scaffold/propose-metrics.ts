import { labelOf } from '../model/label-of.ts';
import { type ColumnDraft, type MetricDraft, type SourceDraft, TOLERATED } from './drafts.ts';
import { freeName } from './names.ts';

/** More metrics than this on one source are too many to begin with. */
const MAX_METRICS = 4;

type Fields = MetricDraft['fields'];

/**
 * A first metric or a few on a source: how many rows there are, and what the names of its columns promise: a survey score, an amount, a
 * duration.
 *
 * @param taken names of metrics, to which the new ones are added
 */
export function proposeMetrics(source: SourceDraft, taken: Set<string>): readonly MetricDraft[] {
  const name = (wanted: string): string =>
    freeName(taken.has(wanted) ? `${wanted}_${source.name}` : wanted, taken);
  const surveys = surveyMetrics(source);
  const scores = new Set(surveys.map(({ column }) => column));
  const values = source.columns
    .filter((column) => !scores.has(column) && isNumeric(column))
    .flatMap((column) => valueMetric(source, column));
  return [countMetric(source), ...surveys, ...values]
    .slice(0, MAX_METRICS)
    .map(({ wanted, comment, fields }) => {
      const own = fields.map(([key, value]): Fields[number] =>
        // Two metrics of one label could not be told apart where they are shown.
        key === 'label' && taken.has(wanted)
          ? [key, `${value} (${labelOf({ name: source.name, label: undefined })})`]
          : [key, value],
      );
      return { name: name(wanted), comment, fields: [...own, ...commonFields(source)] };
    });
}

interface Wanted {
  readonly wanted: string;
  readonly comment: string;
  readonly fields: Fields;
}

/** What every metric on a source needs: which rows fall in a period, and how long a period is. */
function commonFields({ lifespan, grain }: SourceDraft): Fields {
  return [
    ...(lifespan === undefined ? [] : [['when', 'active'] as const]),
    ...(grain === undefined || grain === 'month' ? [] : [['grain', grain] as const]),
  ];
}

function countMetric({ name, lifespan, time }: SourceDraft): Wanted {
  // A name may be that of one thing, of many, or of something that cannot be counted.
  const comment =
    lifespan !== undefined
      ? `How many rows of ${name} are alive at the end of each period. \`when\` may also be started, ended or during.`
      : time === undefined
        ? `How many rows of ${name} there are. Without a \`time\` there is one period: all.`
        : `How many rows of ${name} there are in each period.`;
  return {
    wanted: lifespan === undefined ? name : `active_${name}`,
    comment,
    fields: [
      ['type', 'count'],
      ['source', name],
    ],
  };
}

const SURVEYS = [
  {
    type: 'nps',
    label: 'Net Promoter Score',
    named: /(?:^|_)nps(?:_|$)|likely.*recommend|recommend.*likely|would_you_recommend/,
    scales: [[0, 10]],
  },
  {
    type: 'csat',
    label: 'Customer satisfaction',
    named: /(?:^|_)(?:csat|satisfaction|satisfied)(?:_|$)/,
    scales: [
      [1, 5],
      [1, 7],
    ],
  },
  {
    type: 'ces',
    label: 'Customer effort',
    named: /(?:^|_)(?:ces|effort)(?:_|$)/,
    scales: [[1, 7]],
  },
] as const;

const SCORE = /(?:^|_)(?:score|rating|answer|value|response)(?:_|$)/;

/** Where the name of a column says what it is, and there is one scale for it, more scores off that scale are taken for slips. */
const NAMED_TOLERATED = 0.15;

/** Survey scores: a column that is named for one, or a score beside a column that says of which survey it is. */
function surveyMetrics(source: SourceDraft): readonly (Wanted & { readonly column: ColumnDraft })[] {
  return SURVEYS.flatMap((survey) => {
    const own = source.columns.find((column) => survey.named.test(column.name) && isScore(column));
    const kind = source.columns.find(({ values }) =>
      values.some((value) => value.toLowerCase() === survey.type),
    );
    const column = own ?? (kind && source.columns.find((each) => SCORE.test(each.name) && isScore(each)));
    if (column === undefined) return [];
    const word =
      own === undefined ? kind?.values.find((value) => value.toLowerCase() === survey.type) : undefined;
    const scores = column.cells
      .filter((cell, row) => cell !== '' && (word === undefined || kind?.cells[row] === word))
      .map(Number);
    const scale = survey.scales.find(([low, high]) => {
      const tolerated = own !== undefined && survey.scales.length === 1 ? NAMED_TOLERATED : TOLERATED;
      return offScale(scores, low, high) <= tolerated * scores.length;
    });
    if (scale === undefined || scores.length === 0) return [];
    const isDefault = scale === survey.scales[0];
    const fields: Fields = [
      ['label', survey.label],
      ['type', survey.type],
      ['source', source.name],
      ['value', column.name],
      ...(isDefault ? [] : [['scale', scale] as const]),
      ...(word === undefined || kind === undefined ? [] : [['where', `${kind.name} = '${word}'`] as const]),
    ];
    const off = offScale(scores, scale[0], scale[1]);
    const aside =
      off === 0
        ? ''
        : ` ${off === 1 ? '1 answer lies' : `${off} answers lie`} off the scale: set aside, and reported.`;
    const comment = `${survey.label}, from answers of ${scale[0]} to ${scale[1]}.${aside}`;
    return [{ wanted: survey.type, comment, fields, column }];
  });
}

function offScale(scores: readonly number[], low: number, high: number): number {
  return scores.filter((score) => score < low || high < score).length;
}

function isScore({ type, filled, cells }: ColumnDraft): boolean {
  return type === 'integer' && (filled || cells.some((cell) => cell !== ''));
}

const AMOUNT = /(?:^|_)(?:amount|revenue|sales|spend|total|mrr|arr|cost|fee|paid|quantity|qty)(?:_|$)/;
const SINGLE =
  /(?:^|_)(?:score|rating|stars|duration|hours|minutes|seconds|days|age|price|tenure|grade|mark|seats|employees)(?:_|$)/;

/** What is added up, or averaged, as the name of the column says. */
function valueMetric(source: SourceDraft, column: ColumnDraft): readonly Wanted[] {
  const { name } = column;
  const words = labelOf({ name, label: undefined }).toLowerCase();
  const fields = (type: string): Fields => [
    ['type', type],
    ['source', source.name],
    ['value', name],
  ];
  if (AMOUNT.test(name)) {
    return [
      {
        wanted: name.startsWith('total') ? name : `total_${name}`,
        comment: `All of ${words} added up. Write \`unit: currency\` where it is money, and \`currency\` in plumbline.yaml.`,
        fields: fields('sum'),
      },
    ];
  }
  if (!SINGLE.test(name)) return [];
  const comment = `The mean of ${words}. A \`median\` is not moved by a few large values.`;
  return [{ wanted: `average_${name}`, comment, fields: fields('average') }];
}

function isNumeric({ type, cells }: ColumnDraft): boolean {
  return (type === 'integer' || type === 'number') && cells.some((cell) => cell !== '');
}
