import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { complete, completeSettings } from '../../../server/src/core/ide/completion/complete.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { readFile } from '../../../server/src/core/model/read-file.ts';
import { problemKinds } from '../../../server/src/core/registry.ts';
import { parseYaml } from '../../../server/src/core/syntax/yaml/parse.ts';
import { brokenBy, healthOf } from '../../kit/completion.ts';
import { type IdeFixture, ideFixture } from '../../kit/ide.ts';

const FOLDER = 'samples/saas';
/** Every offset is tried with this set, which takes some minutes; else some of them, always the same. */
const ALL = process.env.PLUMBLINE_ALL_OFFSETS !== undefined;
const SAMPLED = 1500;
const ENTRIES = [
  { name: 'accounts.csv', kind: 'file' },
  { name: 'a, b #1.csv', kind: 'file' },
  { name: 'data', kind: 'folder' },
] as const;

/** Files of the sample project by name; data by its first lines, since only the headers matter. */
function sampleFiles(): Record<string, string> {
  const own = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
  const data = readdirSync(`${FOLDER}/data`).map((name) => `data/${name}`);
  const read = (name: string): string => readFileSync(`${FOLDER}/${name}`, 'utf8');
  return Object.fromEntries([
    ...own.map((name) => [name, read(name)] as const),
    ...data.map((name) => [name, read(name).split('\n').slice(0, 20).join('\n')] as const),
  ]);
}

/** Each definition as a small file of its own, which is parsed quickly and offers the same. */
function unitsOf(text: string): string[] {
  const head = /^defaults:\n(?:[ ].*\n)+/m.exec(text)?.[0] ?? '';
  const [, ...sections] = text.split(/^(?=(?:sources|segments|metrics|targets|journeys):$)/m);
  return sections.flatMap((section) => {
    const [name = '', ...definitions] = section.split(/^(?= {2}[a-z])/m);
    return definitions.map((definition) => `plumbline: 1\n${head}${name.split('\n')[0]}\n${definition}`);
  });
}

/** A small generator of numbers from 0 to 1, so that every run tries the same places. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function laws(context: IdeFixture['context'], text: string, offset: number): string[] {
  const tree = parseYaml(text);
  const file = readFile('/project/unit.metrics.yaml', text, tree, kinds);
  const { items } = complete(context, { file, tree }, offset, { problemKinds, entries: ENTRIES });
  const before = healthOf('metrics', text);
  const at = `${text.slice(Math.max(0, offset - 60), offset)}┆${text.slice(offset, offset + 40)}`;
  const found = items.flatMap((item) => {
    const broken = brokenBy('metrics', before, offset, item);
    return broken === undefined ? [] : [`${broken}\n${at}`];
  });
  // One line for each place says enough.
  return found.slice(0, 1);
}

describe('an accepted completion', () => {
  it('leaves every sample readable, wherever it is offered', async () => {
    const files = sampleFiles();
    const { context } = await ideFixture(files, {});
    const units = Object.entries(files)
      .filter(([name]) => name.endsWith('.metrics.yaml'))
      .flatMap(([, text]) => unitsOf(text));
    assert.ok(units.length > 60);
    const places = units.flatMap((text) =>
      Array.from({ length: text.length + 1 }, (_, offset) => ({ text, offset })),
    );
    const next = random(20_250_630);
    const tried = ALL
      ? places
      : Array.from({ length: SAMPLED }, () => places[Math.floor(next() * places.length)]);
    const broken = tried.flatMap((place) =>
      place === undefined ? [] : laws(context, place.text, place.offset),
    );
    assert.equal(broken.slice(0, 12).join('\n\n'), '');
  });

  it('leaves the settings readable', async () => {
    const files = sampleFiles();
    const { context } = await ideFixture(files, {});
    const text = files['plumbline.yaml'] ?? '';
    const before = healthOf('project', text);
    const broken = Array.from({ length: text.length + 1 }, (_, offset) => offset).flatMap((offset) =>
      completeSettings(context, text, offset, { problemKinds }).items.flatMap(
        (item) => brokenBy('project', before, offset, item) ?? [],
      ),
    );
    assert.equal(broken.slice(0, 12).join('\n\n'), '');
  });
});
