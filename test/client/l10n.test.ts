import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

describe('the texts of the client', () => {
  it('are all in l10n/bundle.l10n.json, and no others: "npm run l10n" writes it', async () => {
    const { getL10nJson } = await import('@vscode/l10n-dev');
    const sources = readdirSync('client/src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => ({
        extension: '.ts' as const,
        contents: readFileSync(join('client/src', name), 'utf8'),
      }));
    const wanted = await getL10nJson(sources);
    assert.ok(Object.keys(wanted).length > 10);
    assert.deepEqual(JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8')), wanted);
  });
});
