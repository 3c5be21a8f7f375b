import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Client, uriOf } from './client.ts';
import { measureColdStart, measureMemory, type Place, PUSHED } from './cold-start.ts';
import { type Files, largeProject, metricName, metricsFile, singleFile } from './projects.ts';
import type { Requirement, Row } from './report.ts';
import { measurePull, measurePush, measureRequests, type TypingOptions } from './typing.ts';
import { measureValues, VALUE_FILE, VALUE_METRIC, valueProject, writeEvents } from './values.ts';
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

export interface BenchResult {
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  readonly requirements: readonly Requirement[];
}

/** Runs the scenarios one after the other, each in a folder and a server of its own. */
export async function runBench(
  folder: string,
  options: BenchOptions,
  say: (line: string) => void,
): Promise<BenchResult> {
  const bench = new Bench(folder, options);
  for (const [letter, run] of Object.entries(SCENARIOS)) {
    if (!options.scenarios.has(letter)) continue;
    say(`Scenario ${letter} …`);
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
  async write(name: string, files: Files): Promise<string> {
    const folder = join(this.#folder, name);
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    return folder;
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

  typing(metric: string, versions = true): TypingOptions {
    const { repeat, rest } = this.options;
    return { metric, repeat, rest, versions };
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

const SCENARIOS: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  A: async (bench) => type(bench, largeName(bench), await bench.large()),
  B: async (bench) => type(bench, linesName(bench), await bench.single(bench.options.lines)),
  C: async (bench) => {
    await type(bench, SMALL, await bench.single(100));
    for (const what of ['description', 'expression', 'broken YAML', 'mended YAML']) {
      const row = `${what} → diagnostics (push)`;
      const name = `${what}: ${linesName(bench)} to ${SMALL}`;
      bench.require(name, bench.median(linesName(bench), row), bench.median(SMALL, row), 1.5);
    }
  },
  D: fresh,
  E: start,
  F: yaml,
};

const SMALL = 'C 100 lines';

function largeName({ options }: Bench): string {
  return `A ${options.perFile} of ${options.metrics} metrics`;
}

function linesName({ options }: Bench): string {
  return `B ${options.lines} lines`;
}

/** Keystrokes in one document of a project, for a client that is told and for one that asks. */
async function type(bench: Bench, scenario: string, place: Place): Promise<void> {
  const options = bench.typing(place.metric);
  const uri = uriOf(join(place.folder, place.file));
  const pushed = await Client.start({ folder: place.folder, capabilities: PUSHED });
  const document = await pushed.open(uri, place.text);
  await pushed.told(uri);
  await pushed.quiet(2_000);
  bench.add(scenario, await measurePush(pushed, document, options));
  bench.add(scenario, await measureRequests(pushed, document, options, true));
  await pushed.stop();
  const pulled = await Client.start({
    folder: place.folder,
    capabilities: {
      workspace: { ...PUSHED.workspace, diagnostics: { refreshSupport: true } },
      textDocument: { diagnostic: {} },
    },
  });
  const asked = await pulled.open(uri, place.text);
  await pulled.quiet(2_000);
  bench.add(scenario, await measurePull(pulled, asked, options));
  await pulled.stop();
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

async function yaml(bench: Bench): Promise<void> {
  const script = yamlServerScript();
  if (script === undefined) {
    bench.notes.push('yaml-language-server is not installed: nothing was compared with it.');
    return;
  }
  const place = await bench.single(bench.options.lines);
  const scenario = `F yaml-language-server, ${bench.options.lines} lines`;
  const uri = uriOf(join(place.folder, place.file));
  const client = await startYamlServer(script, place.folder);
  await client.quiet(1_000);
  const told = client.told(uri);
  const document = await client.open(uri, place.text, 'yaml');
  await told;
  await client.quiet(3_000);
  const options = { ...bench.typing(place.metric, false), rest: 500 };
  bench.add(scenario, await measurePush(client, document, options));
  bench.add(scenario, await measureRequests(client, document, options, false));
  await client.stop();
  for (const what of ['description', 'expression', 'broken YAML', 'mended YAML']) {
    const row = `${what} → diagnostics (push)`;
    const [own, other] = [bench.median(linesName(bench), row), bench.median(scenario, row)];
    bench.require(`${what}: to yaml-language-server`, own, other, 1 / 20);
    bench.require(
      `${what}: to the same without its debounce`,
      own,
      other && other - YAML_DEBOUNCE_MS,
      1 / 20,
    );
  }
}
