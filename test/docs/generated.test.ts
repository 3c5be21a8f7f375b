import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { markersOf } from '../../scripts/docs/fill-markers.ts';
import { FUNCTION_GROUPS, WITH_NULL } from '../../scripts/docs/function-table.ts';
import { allDefinitions, generatedPages, writtenPages } from '../../scripts/docs/generated-pages.ts';
import { FUNCTIONS } from '../../server/src/core/syntax/expression/functions.ts';

describe('the generated text of the documents', () => {
  it('is as `npm run docs` writes it', () => {
    for (const { path, text } of generatedPages()) {
      assert.equal(readFileSync(path, 'utf8'), text, `${path} is out of date: run npm run docs.`);
    }
  });

  it('has a table for the keys of every definition of the schemas', () => {
    const shown = writtenPages().flatMap(({ text }) => markersOf(text, 'keys').map(({ name }) => name));
    const withKeys = [...allDefinitions()].filter(([, { properties }]) => properties !== undefined);
    assert.deepEqual(shown.toSorted(), withKeys.map(([name]) => name).toSorted());
  });

  it('has every function in one group', () => {
    assert.deepEqual(Object.values(FUNCTION_GROUPS).flat().sort(), Object.keys(FUNCTIONS).sort());
  });

  it('says of no function what a null gives that is not there', () => {
    assert.deepEqual(
      Object.keys(WITH_NULL).filter((name) => !Object.hasOwn(FUNCTIONS, name)),
      [],
    );
  });
});
