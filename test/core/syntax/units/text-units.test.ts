import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { splitBlocks } from '../../../../server/src/core/syntax/units/split-blocks.ts';
import { textUnits } from '../../../../server/src/core/syntax/units/text-units.ts';
import { parseYaml } from '../../../../server/src/core/syntax/yaml/parse.ts';
import { toPlain } from '../../../../server/src/core/syntax/yaml/tree.ts';
import { randomEdits } from '../../../kit/random-edits.ts';

const SAMPLE = 'samples/saas';
const texts = readdirSync(SAMPLE)
  .filter((name) => name.endsWith('.metrics.yaml'))
  .map((name) => readFileSync(join(SAMPLE, name), 'utf8'));

const FILE = `plumbline: 1
defaults: { owner: cx }

# of customers
metrics:
  # the board's
  nps:
    type: nps

  csat: { type: csat }
segments:
  size:
    source: accounts
`;

/** The definitions of a text, by section and name, as plain values. */
function definitions(root: unknown): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const section of ['sources', 'segments', 'metrics', 'targets', 'journeys']) {
    const entries = (root as Record<string, Record<string, unknown> | undefined> | null)?.[section] ?? {};
    for (const [name, body] of Object.entries(entries)) found[`${section}.${name}`] = body;
  }
  return found;
}

describe('the units of a text', () => {
  it('are the top level and one small metrics file for each definition', () => {
    assert.deepEqual(
      textUnits('/a', FILE).units.map(({ id, text }) => [id.slice(3), text]),
      [
        ['', 'plumbline: 1\ndefaults: { owner: cx }\n\n# of customers\nmetrics: {}\nsegments: {}\n'],
        [
          'metrics.nps',
          "plumbline: 1\ndefaults: { owner: cx }\n\n# of customers\nmetrics:\n  # the board's\n  nps:\n    type: nps\n\n",
        ],
        [
          'metrics.csat',
          'plumbline: 1\ndefaults: { owner: cx }\n\n# of customers\nmetrics:\n  csat: { type: csat }\n',
        ],
        ['segments.size', 'plumbline: 1\nsegments:\n  size:\n    source: accounts\n'],
      ],
    );
  });

  it('hold together the definitions that the whole text holds', () => {
    for (const text of texts) {
      assert.ok(splitBlocks(text), 'the sample is cut');
      const parts = textUnits('/a', text).units.map((unit) =>
        definitions(toPlain(parseYaml(unit.text).root)),
      );
      assert.deepEqual(Object.assign({}, ...parts), definitions(toPlain(parseYaml(text).root)));
    }
  });

  it('hold the defaults wherever and however their key is written', () => {
    for (const key of ['defaults:', '"defaults":', "'defaults' :", '? defaults\n:']) {
      for (const text of [
        FILE.replace('defaults:', key),
        FILE.replace(/^defaults.*\n/m, '').concat(`${key} { owner: cx }\n`),
      ]) {
        const owners = textUnits('/a', text).units.flatMap((unit) => {
          const root = toPlain(parseYaml(unit.text).root) as Record<string, Record<string, unknown>>;
          return Object.keys(root.metrics ?? {}).map((name) => [name, root.defaults?.owner]);
        });
        assert.deepEqual(
          owners,
          [
            ['nps', 'cx'],
            ['csat', 'cx'],
          ],
          text,
        );
      }
    }
  });

  it('lead from every offset to the same character and back', () => {
    for (const text of [FILE, ...texts]) {
      const units = textUnits('/a', text);
      for (let at = 0; at < text.length; at++) {
        const { unit, offset } = units.unitAt(at);
        assert.equal(unit.text[offset], text[at], `at ${at}`);
        assert.deepEqual(units.place(unit.id, { start: offset, end: offset + 1 }), {
          start: at,
          end: at + 1,
        });
      }
    }
  });

  it('lead from what they repeat to where it is written', () => {
    const units = textUnits('/a', FILE);
    const csat = units.units.find(({ id }) => id.endsWith('metrics.csat'));
    assert.ok(csat);
    for (const word of ['plumbline', 'owner: cx', 'metrics', 'csat']) {
      const start = csat.text.indexOf(word);
      const span = units.place(csat.id, { start, end: start + word.length });
      assert.deepEqual(span, { start: FILE.indexOf(word), end: FILE.indexOf(word) + word.length });
    }
  });

  it('are those of a fresh cut after every edit', () => {
    for (const [seed, text] of [FILE, ...texts].entries()) {
      let units = textUnits('/a', text);
      for (const edited of randomEdits(
        text,
        seed + Number(process.env.SEED ?? 1),
        Number(process.env.EDITS ?? 400),
      )) {
        units = textUnits('/a', edited, units);
        const fresh = textUnits('/a', edited);
        assert.deepEqual(units.units, fresh.units, JSON.stringify(edited.slice(0, 400)));
        assert.deepEqual(
          units.units.map(({ id, text: own }) => units.place(id, { start: own.length - 1, end: own.length })),
          fresh.units.map(({ id, text: own }) => fresh.place(id, { start: own.length - 1, end: own.length })),
        );
      }
    }
  });

  it('are those of a fresh cut wherever one character is put in or taken out', () => {
    // Long enough that the end of a text is not near to a change at its start.
    for (const text of [FILE, ...texts.map((one) => one.slice(0, 2_500))]) {
      const before = textUnits('/a', text);
      const starts = [0, ...[...text.matchAll(/\n */g)].map(({ index, 0: found }) => index + found.length)];
      for (const at of starts) {
        for (const piece of '"\'[{|>?-#&* :a\n') {
          const edited = text.slice(0, at) + piece + text.slice(at);
          const message = JSON.stringify(edited.slice(Math.max(0, at - 40), at + 40));
          assert.deepEqual(textUnits('/a', edited, before).units, textUnits('/a', edited).units, message);
          const mended = textUnits('/a', text, textUnits('/a', edited, before));
          assert.deepEqual(mended.units, before.units, message);
        }
        const cut = text.slice(0, at) + text.slice(at + 1);
        assert.deepEqual(
          textUnits('/a', cut, before).units,
          textUnits('/a', cut).units,
          JSON.stringify(cut.slice(0, 80)),
        );
      }
    }
  });

  it('are shared by versions of a text where a change leaves them alone', () => {
    const before = textUnits('/a', FILE);
    const after = textUnits('/a', FILE.replace('type: nps', 'type: npss'), before);
    const kept = after.units.filter((unit) => before.units.includes(unit)).map(({ id }) => id.slice(3));
    assert.deepEqual(kept, ['', 'metrics.csat', 'segments.size']);
  });

  it('are one where the meaning of a line hangs on lines far away', () => {
    for (const odd of [
      '<<<<<<< ours\n',
      '---\n',
      '  a: &x 1\n',
      '  b: *x\n',
      '\tc: 1\n',
      '  d:\n    <<: {}\n',
    ]) {
      const text = `${FILE}${odd}`;
      assert.deepEqual(textUnits('/a', text).units, [{ id: '/a', text }]);
    }
    assert.equal(textUnits('/a', FILE.replace('  csat', ' csat')).units.length, 1);
  });
});
