import { join } from 'node:path';
import type { ClientCapabilities } from 'vscode-languageserver/node';
import { type Files, largeProject, metricName, metricsFile, singleFile } from '../kit/projects.ts';
import type { BenchResult, Requirement, Row } from '../kit/report.ts';
import { writeFiles } from '../kit/write-files.ts';
import { Client, uriOf } from './client.ts';
import { measureColdStart, measureMemory, type Place, PUSHED } from './cold-start.ts';
import { spotsOf, Typist } from './keystrokes.ts';
import { measureInTurn, type Probe, pullProbes, pushProbes, requestProbes, type Subject } from './typing.ts';
import { freshValue, measureValues, VALUE_FILE, VALUE_METRIC, valueProject, writeEvents } from './values.ts';
import { startYamlServer, YAML_DEBOUNCE_MS, yamlServerScript } from './yaml-server.ts';

export interface BenchOptions {
  /** Letters of the scenarios to run. */
  readonly scenarios: ReadonlySet<string>;
  readonly metrics: number;
  readonly perFile: number;
  readonly lines: number;
  readonly rows: number;
  readonly repeat: number;
  readonly keystrokes: number;
  readonly rest: number;
}

/** Runs the scenarios: typing (A, B, C and F in turn), fresh values (D), start and memory (E). */
export async function benchLsp(
  folder: string,
  options: BenchOptions,
  say: (line: string) => void,
): Promise<BenchResult> {
  const bench = new Bench(folder, options);
  for (const [name, run] of Object.entries(SCENARIOS)) {
    if (name !== 'typing' && !options.scenarios.has(name)) continue;
    say(`Scenario ${name} …`);
    await run(bench);
  }
  return { rows: bench.rows, notes: bench.notes, requirements: bench.requirements };
}

class Bench {
  readonly options: BenchOptions;
  readonly rows: Row[] = [];
  readonly notes: string[] = [];
  readonly requirements: Requirement[] = [];
  readonly #folder: string;

  constructor(folder: string, options: BenchOptions) {
    this.#folder = folder;
    this.options = options;
  }

  /** Writes a project. */
  write(name: string, files: Files): Promise<string> {
    return writeFiles(join(this.#folder, name), files);
  }

  add(scenario: string, measured: Iterable<readonly [string, Omit<Row, 'scenario' | 'what'>]>): void {
    for (const [what, summary] of measured) this.rows.push({ scenario, what, ...summary });
  }

  median(scenario: string, what: string): number | undefined {
    return this.rows.find((row) => row.scenario === scenario && row.what === what)?.median;
  }

  require(name: string, part: number | undefined, whole: number | undefined, limit: number): void {
    if (part !== undefined && whole !== undefined) {
      this.requirements.push({ name, ratio: part / whole, limit });
    }
  }

  async large(): Promise<Place> {
    const { metrics, perFile } = this.options;
    const files = largeProject(metrics, perFile);
    const nth = Math.floor(metrics / perFile / 2);
    const file = metricsFile(nth);
    return {
      folder: await this.write('large', files),
      file,
      text: files[file] ?? '',
      metric: metricName(middle(nth * perFile, perFile)),
    };
  }

  async single(lines: number): Promise<Place> {
    const files = singleFile(lines);
    const file = 'all.metrics.yaml';
    const text = files[file] ?? '';
    const metrics = text.match(/^ {2}metric_\d+:$/gm)?.length ?? 0;
    return {
      folder: await this.write(`lines-${lines}`, files),
      file,
      text,
      metric: metricName(middle(0, metrics)),
    };
  }

  async values(): Promise<Place> {
    const files = valueProject();
    const folder = await this.write('values', files);
    await writeEvents(folder, this.options.rows);
    return { folder, file: VALUE_FILE, text: files[VALUE_FILE] ?? '', metric: VALUE_METRIC };
  }
}

/** A metric in the middle of so many that a ratio names: the fourth of five. */
function middle(from: number, count: number): number {
  return from + Math.floor(count / 10) * 5 + 3;
}

const SCENARIOS: Readonly<Record<string, (bench: Bench) => Promise<void>>> = { typing, D: fresh, E: start };

const SMALL = 'C 100 lines';

function largeName({ options }: Bench): string {
  return `A ${options.perFile} of ${options.metrics} metrics`;
}

function linesName({ options }: Bench): string {
  return `B ${options.lines} lines`;
}

function yamlName({ options }: Bench): string {
  return `F yaml-language-server, ${options.lines} lines`;
}

/** The kinds of keystroke that requirements are about. */
const KEYSTROKES = ['description', 'expression', 'broken YAML', 'mended YAML'].map((name) => ({
  name,
  row: `${name} → diagnostics (push)`,
}));

/** Keystrokes in documents of several sizes, and in the same document of another server. */
async function typing(bench: Bench): Promise<void> {
  const { scenarios, lines } = bench.options;
  const places: [string, Place][] = [];
  if (scenarios.has('A')) places.push([largeName(bench), await bench.large()]);
  if (scenarios.has('B')) places.push([linesName(bench), await bench.single(lines)]);
  if (scenarios.has('C')) places.push([SMALL, await bench.single(100)]);
  const told: [string, Subject][] = [];
  for (const [name, place] of places) told.push([name, await openOwn(place, PUSHED)]);
  const other = scenarios.has('F') ? await openOther(bench, await bench.single(lines)) : undefined;
  if (other !== undefined) told.push([yamlName(bench), other]);
  await measure(bench, told, (subject) => [...pushProbes(subject), ...requestProbes(subject)]);
  const asked: [string, Subject][] = [];
  for (const [name, place] of places) asked.push([name, await openOwn(place, PULLING)]);
  await measure(bench, asked, pullProbes);
  const median = (scenario: string, row: string): number | undefined => bench.median(scenario, row);
  for (const { name, row } of KEYSTROKES) {
    bench.require(
      `${name}: ${linesName(bench)} to ${SMALL}`,
      median(linesName(bench), row),
      median(SMALL, row),
      1.5,
    );
  }
  for (const { name, row } of KEYSTROKES) {
    const [own, yaml] = [median(linesName(bench), row), median(yamlName(bench), row)];
    bench.require(`${name}: to yaml-language-server`, own, yaml, 1 / 20);
    bench.require(`${name}: to the same without its debounce`, own, yaml && yaml - YAML_DEBOUNCE_MS, 1 / 20);
  }
}

/** Measures of all subjects in turn, and ends their servers. */
async function measure(
  bench: Bench,
  subjects: readonly (readonly [string, Subject])[],
  probesOf: (subject: Subject) => readonly Probe[],
): Promise<void> {
  const all = subjects.map(([scenario, subject]) => ({ scenario, probes: probesOf(subject) }));
  bench.rows.push(...(await measureInTurn(all, bench.options.repeat, bench.options.rest)));
  for (const [, { client }] of subjects) await client.stop();
}

const PULLING = {
  workspace: { ...PUSHED.workspace, diagnostics: { refreshSupport: true } },
  textDocument: { diagnostic: {} },
};

async function openOwn(place: Place, capabilities: ClientCapabilities): Promise<Subject> {
  const client = await Client.start({ folder: place.folder, capabilities });
  const document = await client.open(uriOf(join(place.folder, place.file)), place.text);
  await freshValue(client, document, spotsOf(place.text, place.metric).name, undefined);
  await client.quiet(3_000);
  return { client, document, typist: new Typist(document, place.metric), isOwn: true };
}

async function openOther(bench: Bench, place: Place): Promise<Subject | undefined> {
  const script = yamlServerScript();
  if (script === undefined) {
    bench.notes.push('yaml-language-server is not installed: nothing was compared with it.');
    return undefined;
  }
  const client = await startYamlServer(script, place.folder);
  await client.quiet(1_000);
  const uri = uriOf(join(place.folder, place.file));
  const told = client.told(uri);
  const document = await client.open(uri, place.text, 'yaml');
  await told;
  await client.quiet(3_000);
  return { client, document, typist: new Typist(document, place.metric), isOwn: false };
}

async function fresh(bench: Bench): Promise<void> {
  const place = await bench.values();
  const scenario = `D ${bench.options.rows} rows`;
  const client = await Client.start({ folder: place.folder, capabilities: PUSHED });
  const document = await client.open(uriOf(join(place.folder, place.file)), place.text);
  const times = await measureValues(client, document, place.folder, bench.options.repeat);
  await client.stop();
  bench.add(scenario, [
    ['expression → fresh value', times.fresh],
    ['the bare query', times.query],
    ['an empty round trip', times.roundTrip],
  ]);
  const { fresh: value, query, roundTrip } = times;
  bench.require(
    'fresh value to bare query, less a round trip',
    value.median - roundTrip.median,
    query.median,
    1.3,
  );
}

async function start(bench: Bench): Promise<void> {
  const repeat = Math.max(3, Math.ceil(bench.options.repeat / 6));
  const large = await bench.large();
  const places: readonly (readonly [string, Place])[] = [
    [largeName(bench), large],
    [SMALL, await bench.single(100)],
    [`D ${bench.options.rows} rows`, await bench.values()],
  ];
  for (const [name, place] of places) {
    const { diagnostics, values } = await measureColdStart(place, repeat);
    bench.add(`E start: ${name}`, [
      ['process → first diagnostics', diagnostics],
      ['process → first value', values],
    ]);
  }
  const { loaded, halfway, typed, keystrokes } = await measureMemory(large, bench.options.keystrokes);
  const words = [loaded, halfway, typed].map(
    ({ server, engine }) => `${server.toFixed(0)} MB and ${engine.toFixed(0)} MB`,
  );
  bench.notes.push(
    `Memory of server and engine (${largeName(bench)}): ${words[0]} loaded; ${words[1]} after ${keystrokes / 2} keystrokes; ${words[2]} after ${keystrokes}.`,
  );
  bench.require('memory after all keystrokes to after half of them', typed.server, halfway.server, 1.1);
}
