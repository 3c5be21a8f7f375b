import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { complete, completeSettings } from '../../../server/src/core/ide/completion/complete.ts';
import { columnBelow } from '../../../server/src/core/ide/completion/line-cursor.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { readFile } from '../../../server/src/core/model/read-file.ts';
import { problemKinds } from '../../../server/src/core/registry.ts';
import { type TextUnits, textUnits } from '../../../server/src/core/syntax/units/text-units.ts';
import { parseYaml } from '../../../server/src/core/syntax/yaml/parse.ts';
import { brokenBy, healthOf } from '../../kit/completion.ts';
import { type IdeFixture, ideFixture } from '../../kit/ide.ts';

const FOLDER = 'samples/saas';
/** Every offset is tried with this set, which takes some minutes; else some of them, always the same. */
const ALL = process.env.PLUMBLINE_ALL_OFFSETS !== undefined;
const TIMEOUT = ALL ? 0 : 120_000;
const SAMPLED = 700;
const SAMPLED_LINES = 60;
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

/** A small generator of numbers from 0 to 1, so that every run tries the same places. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** What the items at an offset of a document break, one line for each place: first in the unit, then in the whole text. */
function laws(context: IdeFixture['context'], units: TextUnits, at: number, whole: boolean): string[] {
  const { text } = units;
  const { unit, offset } = units.unitAt(at);
  const tree = parseYaml(unit.text);
  const file = readFile(unit.id, unit.text, tree, kinds);
  const newline = text.indexOf('\n', at);
  const below = columnBelow(text, newline < 0 ? text.length : newline + 1);
  const topKeys = ['plumbline', 'metrics', 'sources'].filter((key) => text.includes(`${key}:`));
  const { items } = complete(context, { file, tree }, offset, {
    problemKinds,
    entries: ENTRIES,
    below,
    topKeys,
  });
  const before = healthOf('metrics', whole ? text : unit.text);
  const shown = `${text.slice(Math.max(0, at - 60), at)}┆${text.slice(at, at + 40)}`;
  const broken = items.flatMap((item) => {
    const span = whole ? units.place(unit.id, item.edit.span) : item.edit.span;
    assert.ok(span, 'an edit has a place in the document');
    return brokenBy('metrics', before, whole ? at : offset, { ...item, edit: { ...item.edit, span } }) ?? [];
  });
  return broken.slice(0, 1).map((message) => `${message}\n${shown}`);
}

/** Small files in which most kinds of place occur, in both styles. */
const SMALL: readonly string[] = [
  `plumbline: 1
defaults: { owner: cx, source: events }

metrics:
  a:
    type: ratio
    numerator:
      type: count
      where: feature = 'reports'

    denominator: { type: count, where: "feature in ('reports', 'auto_rota')" }
    examples:
      - given:
          events:
            - { event_id: E1 }
            - feature: reports
        expect: 1

  b: { type: formula, formula: "a / previous(a, '1 year')" }
  # a comment

segments:
  s:
    source: accounts
    groups:
      big: employees > 10
`,
  `plumbline: 1
sources:
  s:
    data: { file: data/accounts.csv, delimiter: ";" }
    key: [account_id]
    where:
      - not is_test
      - >-
        employees > 1
        and country = 'GB'
    columns:
      employees: { type: integer }
      x:
        value: 'case when country = ''GB'' then 1 else 0 end'
    links: { csm: { to: csms, using: { csm_id: csm_id } } }
targets:
  t: { metric: nps, segment: company_size.small, between: [1, 2], each: quarter }
journeys:
  j:
    stages:
      one: { metrics: [nps], pains: [a, b] }
`,
];

/** Whether only indentation stands before an offset on its line. */
function isLineStart({ text }: TextUnits, at: number): boolean {
  return /(?:^|\n) *$/.test(text.slice(Math.max(0, at - 20), at));
}

describe('an accepted completion', () => {
  let context: IdeFixture['context'];
  const files = sampleFiles();
  const documents = Object.entries(files)
    .filter(([name]) => name.endsWith('.metrics.yaml'))
    .map(([name, text]) => textUnits(`/project/${name}`, text));
  before(async () => {
    ({ context } = await ideFixture(files, {}));
  });

  const placesIn = (all: readonly TextUnits[], starts: boolean) =>
    all.flatMap((units) =>
      Array.from({ length: units.text.length + 1 }, (_, at) => ({ units, at })).filter(
        ({ at }) => !starts || isLineStart(units, at),
      ),
    );

  it('leaves every sample readable, wherever it is offered', () => {
    const places = placesIn(documents, false);
    assert.ok(places.length > 40_000);
    const next = random(20_250_630);
    const tried = ALL
      ? places
      : Array.from({ length: SAMPLED }, () => places[Math.floor(next() * places.length)]);
    const broken = tried.flatMap((place) =>
      place === undefined ? [] : laws(context, place.units, place.at, false),
    );
    assert.equal(broken.slice(0, 12).join('\n\n'), '');
  }).timeout(TIMEOUT);

  it('leaves the whole document readable where it begins a line', () => {
    const places = placesIn(documents, true);
    const next = random(7);
    const tried = ALL
      ? places
      : Array.from({ length: SAMPLED_LINES }, () => places[Math.floor(next() * places.length)]);
    const broken = tried.flatMap((place) =>
      place === undefined ? [] : laws(context, place.units, place.at, true),
    );
    assert.equal(broken.slice(0, 12).join('\n\n'), '');
  }).timeout(TIMEOUT);

  for (const [name, change] of [
    ['as it is', (text: string) => text],
    ['with CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['cut in the middle', (text: string) => text.slice(0, text.length / 2)],
    ['behind broken lines', (text: string) => text.replace('\n', '\n\ttabs: {\n"open\n')],
  ] as const) {
    it(`leaves small files readable, ${name}`, () => {
      const broken = SMALL.flatMap((text) => {
        const units = textUnits('/project/small.metrics.yaml', change(text));
        const places = placesIn([units], false).filter(
          ({ at }) => ALL || at % 5 === 0 || isLineStart(units, at),
        );
        return places.flatMap((place) => laws(context, units, place.at, true));
      });
      assert.equal(broken.slice(0, 12).join('\n\n'), '');
    });
  }

  it('leaves the settings readable', () => {
    const text = files['plumbline.yaml'] ?? '';
    const health = healthOf('project', text);
    const broken = Array.from({ length: text.length + 1 }, (_, offset) => offset).flatMap((offset) =>
      completeSettings(context, text, offset, { problemKinds }).items.flatMap(
        (item) => brokenBy('project', health, offset, item) ?? [],
      ),
    );
    assert.equal(broken.slice(0, 12).join('\n\n'), '');
  });
});

describe('a whole definition', () => {
  const sections = ['sources', 'segments', 'metrics', 'targets', 'journeys'];
  for (const section of sections) {
    for (const flow of [false, true]) {
      it(`under ${section} has all that the format asks for, ${flow ? 'in braces' : 'in lines'}`, async () => {
        const text = `plumbline: 1\n${section}:${flow ? ' { ┆ }' : '\n  ┆'}\n`;
        const { context, file, offset } = await ideFixture(text);
        const items = complete(context, file, offset).items.filter(({ kind }) => kind === 'definition');
        if (section === 'metrics')
          assert.deepEqual(
            items.map(({ label }) => label),
            [...kinds.keys()],
          );
        assert.ok(items.length > 0);
        for (const { label, edit } of items) {
          const whole =
            file.file.text.slice(0, edit.span.start) + edit.text + file.file.text.slice(edit.span.end);
          const { tree, problems } = healthOf('metrics', whole);
          assert.deepEqual(
            [...tree.issues, ...problems].map(({ message }) => message),
            [],
            label,
          );
        }
      });
    }
  }
});
