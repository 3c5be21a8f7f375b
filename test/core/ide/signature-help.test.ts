import assert from 'node:assert/strict';
import { signatureHelp } from '../../../server/src/core/ide/signature-help.ts';
import { ideFixture } from '../../kit/ide.ts';
import { shopWith } from './shop.ts';

/** The signature at the cursor with the active parameter in `«»`. */
async function at(text: string): Promise<string | undefined> {
  const { context, file, offset } = await ideFixture(shopWith(text));
  const found = signatureHelp(context, file, offset);
  if (found === undefined) return undefined;
  const { label, parameters } = found.call;
  const span = parameters[found.active]?.span;
  if (span === undefined) return label;
  return `${label.slice(0, span[0])}«${label.slice(...span)}»${label.slice(span[1])}`;
}

const value = (text: string): string =>
  `metrics:\n  m:\n    type: sum\n    source: orders\n    value: ${text}\n`;
const formula = (text: string): string =>
  `metrics:\n  m:\n    type: formula\n    source: orders\n    formula: ${text}\n`;

describe('signature help', () => {
  it('shows the parameter that is being written', async () => {
    assert.equal(await at(value('round(┆')), 'round(«x: number», [digits: integer])');
    assert.equal(await at(value('round(amount, ┆')), 'round(x: number, «[digits: integer]»)');
    assert.equal(await at(value('round(amount, ┆2) + 1')), 'round(x: number, «[digits: integer]»)');
    assert.equal(await at(value('round(amount, 2, ┆')), 'round(x: number, [digits: integer])');
  });

  it('keeps to the last parameter where it repeats', async () => {
    assert.equal(await at(value('coalesce(a, b, ┆')), 'coalesce(«x: any, …»)');
  });

  it('is that of the innermost call', async () => {
    assert.equal(await at(value('round(abs(am┆ount), 1)')), 'abs(«x: number»)');
    assert.equal(await at(value('round(abs(amount)┆, 1)')), 'round(«x: number», [digits: integer])');
    assert.equal(await at(value('round((amount + ┆1), 1)')), 'round(«x: number», [digits: integer])');
    assert.equal(await at(value('round(unknown(┆')), 'round(«x: number», [digits: integer])');
  });

  it('does not count commas in texts', async () => {
    assert.equal(
      await at(value("\"replace(city, ', ', ┆'')\"")),
      "replace(x: text, from: 'text', «to: 'text'»)",
    );
  });

  it('knows aggregates, casts, and in formulas previous()', async () => {
    assert.equal(await at(formula('count(distinct ┆city)')), 'count(«[x: any]»)');
    assert.equal(await at(value('cast(┆')), 'cast(«x» as type)');
    assert.equal(await at(value('cast(amount as ┆')), 'cast(x as «type»)');
    assert.equal(await at(formula("previous(m, ┆'1 year')")), "previous(metric, «['interval']»)");
    assert.equal(await at(value('previous(┆')), undefined);
  });

  it('works behind line breaks and escapes', async () => {
    assert.equal(
      await at(value('>-\n      round(\n        amount,\n        ┆2)')),
      'round(x: number, «[digits: integer]»)',
    );
    assert.equal(await at(value('"starts_with(city, \\u0027B┆a\')"')), 'starts_with(x: text, «part: text»)');
  });

  it('says nothing outside of calls and of expressions', async () => {
    assert.equal(await at(value('┆round(amount)')), undefined);
    assert.equal(await at(value('round(amount)┆')), undefined);
    assert.equal(await at('metrics:\n  m:\n    label: round(┆x)\n'), undefined);
  });
});
