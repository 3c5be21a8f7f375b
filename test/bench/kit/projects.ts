/** The texts of generated projects: as a company of that size would write them, and the same for the same sizes. */

/** Files by their path in a folder. */
export type Files = Readonly<Record<string, string>>;

/** Tables that the others link to, with the columns that segments cut by. */
const DIMENSIONS = ['accounts', 'products', 'regions', 'agents'] as const;
const FACTS = 16;
const OWNERS = ['sales', 'cx', 'finance', 'product'];

/** A project of about twenty linked sources, fifty segments, targets, and so many metrics in files of so many each. */
export function largeProject(metrics: number, perFile: number): Files {
  const files: Record<string, string> = {
    'plumbline.yaml': 'plumbline: 1\nname: large\nas_of: 2025-06-30\n',
    'sources.metrics.yaml': `plumbline: 1\n\nsources:\n${dimensionSources()}${facts().map(factSource).join('')}`,
    'segments.metrics.yaml': `plumbline: 1\n\nsegments:\n${range(50).map(segment).join('')}`,
    'targets.metrics.yaml': `plumbline: 1\n\ntargets:\n${range(Math.min(100, metrics / 5))
      .map((nth) => target(nth, nth * 5))
      .join('')}`,
    ...dataFiles(),
  };
  for (let from = 0; from < metrics; from += perFile) {
    const count = Math.min(perFile, metrics - from);
    files[metricsFile(from / perFile)] = metricsText(from, count);
  }
  return files;
}

/** The name of the nth file of metrics of a large project. */
export function metricsFile(nth: number): string {
  return `metrics/m${String(nth).padStart(2, '0')}.metrics.yaml`;
}

/** A project in one file of so many lines, its sources included. */
export function singleFile(lines: number): Files {
  let text = `plumbline: 1\n\nsources:\n${lines < 500 ? factSource('facts_00', 0) : dimensionSources() + facts().map(factSource).join('')}\nmetrics:\n`;
  for (let nth = 0, left = lines - countLines(text); left > 0; nth++) {
    const block = metric(nth, lines < 500 ? 1 : FACTS);
    left -= countLines(block);
    if (left >= 0) text += block;
  }
  while (countLines(text) < lines) text += '# The end.\n';
  return {
    'plumbline.yaml': 'plumbline: 1\nname: single\nas_of: 2025-06-30\n',
    'all.metrics.yaml': text,
    ...dataFiles(),
  };
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}

function range(count: number): readonly number[] {
  return Array.from({ length: Math.floor(count) }, (_, index) => index);
}

function facts(): readonly string[] {
  return range(FACTS).map((nth) => `facts_${String(nth).padStart(2, '0')}`);
}

function dimensionSources(): string {
  return DIMENSIONS.map(
    (name) => `  ${name}:
    description: One row per entry of ${name}, as of today.
    owner: cx
    data: data/${name}.csv
    key: ${name}_id
    columns:
      ${name}_id: { type: text, required: true }
      kind: { type: text, values: [small, medium, large] }
      size: { type: integer, min: 0 }
${name === 'accounts' ? '    links:\n      region: { to: regions, using: regions_id }\n' : ''}
`,
  ).join('');
}

/** The first source of a single file is small enough for a hundred lines and links to nothing. */
function factSource(name: string, nth: number, all: readonly string[] = []): string {
  const links = all.length < 2 ? '' : linksOf(nth);
  return `  ${name}:
    description: What happened, number ${nth}, one row per event.
    owner: ${OWNERS[nth % OWNERS.length]}
    data: data/facts.csv
    key: event_id
    time: happened_at
    columns:
      event_id: { type: text, required: true }
      amount: { type: number, min: 0 }
      score: { type: integer }
      channel: { type: text, values: [web, phone, shop] }
${links}
`;
}

function linksOf(nth: number): string {
  const second = nth % 2 === 0 ? 'products' : 'agents';
  return `    links:
      account: { to: accounts, using: accounts_id }
      ${second}: { to: ${second}, using: ${second}_id }
`;
}

function segment(nth: number): string {
  const source = DIMENSIONS[nth % DIMENSIONS.length];
  const name = `segment_${String(nth).padStart(2, '0')}`;
  if (nth % 3 === 0) return `  ${name}: { source: ${source}, by: kind, owner: cx }\n\n`;
  return `  ${name}:
    owner: cx
    source: ${source}
    groups:
      low: size < ${nth + 1}
      high: size >= ${nth + 1}

`;
}

function target(nth: number, metric: number): string {
  return `  target_${String(nth).padStart(3, '0')}:
    label: Promise number ${nth}
    metric: ${metricName(metric)}
    at_least: ${10 + nth}
    due: 2025-Q4
    owner: sales
    why: It was promised to the board.

`;
}

/** The name of the nth metric. */
export function metricName(nth: number): string {
  return `metric_${String(nth).padStart(5, '0')}`;
}

function metricsText(from: number, count: number): string {
  const blocks = range(count).map((nth) => metric(from + nth, FACTS, true));
  return `plumbline: 1\n\ndefaults:\n  owner: sales\n  tags: [large]\n\nmetrics:\n${blocks.join('')}`;
}

/** What metrics measure. */
const MEASURES = [
  'type: sum\n    value: amount',
  'type: average\n    value: score',
  'type: count',
  "type: share\n    matching: score >= 9 or (score >= 7 and channel in ('web', 'shop'))",
  'type: count_distinct\n    value: accounts_id',
  'type: percentile\n    value: amount / (score + 1)\n    p: 0.9',
  "type: median\n    value: case when channel = 'phone' then amount * 0.8 else amount end",
  'type: nps\n    value: score',
];

/** The first of them are no shares. */
const PLAIN_MEASURES = 3;

/** Of which rows. The last ones follow links. */
const CONDITIONS = [
  "where: amount > 1000 and channel = 'web'",
  "where:\n      - channel <> 'phone'\n      - score between 0 and 10",
  "where: coalesce(score, 0) > 3 and date_part('month', happened_at) <> 12",
  "where: account.kind in ('medium', 'large') and happened_at >= date '2025-02-01'",
  'where: account.region.size > 10 or account.size < 50',
];
const OWN_CONDITIONS = 3;

/** Every fifth metric is a ratio of two before it. The fourth of five, which the ratio names, is where the benchmark of the server types. */
function metric(nth: number, sources: number, isCut = false): string {
  const about = `label: Figure number ${nth}
    description: What customers did in the period, as the sales team counts it, number ${nth}.
    why: Decides how many people the team needs.
    better: higher`;
  const name = metricName(nth);
  if (nth % 5 === 4) {
    return `  ${name}:
    type: ratio
    ${about}
    owner: sales
    numerator: ${metricName(nth - 1)}
    denominator: ${metricName(nth - 2)}

`;
  }
  const isTyped = nth % 5 === 3;
  // Targets are set for every fifth, as plain numbers.
  const measures = nth % 5 === 0 ? PLAIN_MEASURES : MEASURES.length;
  const conditions = sources === 1 ? OWN_CONDITIONS : CONDITIONS.length;
  const comment = nth % 7 === 0 ? '  # Agreed with finance: see the minutes of March.\n' : '';
  return `${comment}  ${name}:
    ${MEASURES[isTyped ? 0 : nth % measures]}
    ${about}
    owner: sales
    source: facts_${String(nth % sources).padStart(2, '0')}
    ${CONDITIONS[isTyped ? 0 : nth % conditions]}
${isCut && nth % 2 === 0 ? '    segments: [segment_00, segment_04]\n' : ''}
`;
}

const ROWS = 60;

function dataFiles(): Files {
  const kinds = ['small', 'medium', 'large'];
  const channels = ['web', 'phone', 'shop'];
  const files: Record<string, string> = {};
  for (const name of DIMENSIONS) {
    const rows = range(12).map((nth) => `${name}${nth},${kinds[nth % 3]},${nth * 7},regions${nth % 5}`);
    const last = name === 'regions' ? 'parent_id' : 'regions_id';
    files[`data/${name}.csv`] = `${name}_id,kind,size,${last}\n${rows.join('\n')}\n`;
  }
  const rows = range(ROWS).map((nth) => {
    const month = String(1 + (nth % 6)).padStart(2, '0');
    const ids = `accounts${nth % 12},products${nth % 12},agents${nth % 12}`;
    return `e${nth},2025-${month}-15,${nth * 97},${nth % 11},${channels[nth % 3]},${ids}`;
  });
  files['data/facts.csv'] =
    `event_id,happened_at,amount,score,channel,accounts_id,products_id,agents_id\n${rows.join('\n')}\n`;
  return files;
}
