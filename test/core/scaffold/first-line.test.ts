import assert from 'node:assert/strict';
import { isRowOfData } from '../../../server/src/core/scaffold/first-line.ts';

function isRow(text: string): boolean {
  const [first = [], ...rest] = text.split('\n').map((line) => line.split(','));
  return isRowOfData(
    first,
    rest.map((cells) => ({ cells })),
  );
}

describe('the first line of a table', () => {
  const rows = {
    'a day above days': 'Ann,2025-01-03\nBob,2025-01-04',
    'a fraction above numbers': 'Ann,1.5\nBob,2\nCid,3',
    'a whole number beside a code like those below': 'A17,9\nA18,7\nB19,10',
    'a whole number beside a word that comes again': 'free,1\nteam,2\nfree,3',
  };
  for (const [name, text] of Object.entries(rows)) it(`is a row: ${name}`, () => assert.ok(isRow(text)));

  const headers = {
    'plain names': 'id,day,score\n1,2025-01-03,9',
    'years above numbers': 'region,2023,2024\nEU,5,6\nUS,7,8',
    'days above numbers': 'region,2025-01-01,2025-02-01\nEU,5,6',
    'scores above counts': 'question,1,2,3,4,5\nQ1,0,3,4,5,6\nQ2,1,1,1,1,1',
    'names with digits': 'q1,q2\nyes,no\nno,yes',
    'a name that is a value elsewhere': 'plan,free\nteam,1\nfree,2',
    'a blank name': ',2025-01-01\nA,2025-01-02',
    'nothing below': '2025-01-01,9.5',
    'texts only': 'name,city\nAnn,York\nBob,Hull',
  };
  for (const [name, text] of Object.entries(headers))
    it(`is a header: ${name}`, () => assert.ok(!isRow(text)));
});
