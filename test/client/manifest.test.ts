import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { manifest, manifestTexts, shownText } from './manifest.ts';

const { contributes, capabilities, activationEvents } = manifest();
const settings = Object.keys(contributes.configuration.properties);

/** The first cells of a table's rows in a document, under the heading that has these words. */
function firstCells(document: string, heading: string): readonly string[] {
  const [, section = ''] = readFileSync(document, 'utf8').split(`\n## ${heading}\n`);
  const rows = (section.split('\n## ')[0] ?? '').matchAll(/^\| `([^`]+)` \|/gm);
  return [...rows].map(([, cell = '']) => cell);
}

describe('the manifest of the extension', () => {
  it('has every text in package.nls.json, and no other there', () => {
    const used = [...readFileSync('package.json', 'utf8').matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(manifestTexts()).sort());
  });

  it('writes out no text for people', () => {
    const { commands, configuration, walkthroughs } = contributes;
    const texts = textsIn([commands, configuration, walkthroughs]);
    assert.ok(texts.length > 30);
    assert.deepEqual(
      texts.filter((text) => !/^%.+%$/.test(text)),
      [],
    );
  });

  it('has at most 25 settings, each with a default and a scope', () => {
    assert.ok(settings.length <= 25);
    for (const [name, { default: usual, scope }] of Object.entries(contributes.configuration.properties)) {
      assert.match(name, /^plumbline\./);
      assert.notEqual(usual, undefined, name);
      assert.match(scope, /^(window|resource)$/, name);
    }
  });

  it('agrees with the documentation on the settings', () => {
    assert.deepEqual([...firstCells('docs/editor.md', 'Settings')].sort(), [...settings].sort());
  });

  it('agrees with the documentation on the commands', () => {
    const shown = contributes.commands.map(
      ({ category, title }) => `${shownText(category)}: ${shownText(title)}`,
    );
    assert.deepEqual([...firstCells('docs/editor.md', 'Commands')].sort(), [...shown].sort());
  });

  it('has all commands in one category', () => {
    assert.deepEqual(
      [...new Set(contributes.commands.map(({ category }) => shownText(category)))],
      ['Plumbline'],
    );
  });

  it('names only commands that there are in its menus', () => {
    const known = contributes.commands.map(({ command }) => command);
    const named = Object.values(contributes.menus).flatMap((entries) =>
      entries.flatMap(({ command }) => command ?? []),
    );
    assert.deepEqual(
      named.filter((command) => command.startsWith('plumbline.') && !known.includes(command)),
      [],
    );
  });

  it('starts for our files only, and looks for them without a search', () => {
    // A preview that was open when the window was left is one of ours too.
    const events = activationEvents.filter((event) => event !== 'onWebviewPanel:plumbline.preview');
    assert.ok(events.length < activationEvents.length);
    for (const event of events) {
      const [, file = ''] = /^workspaceContains:(.*)$/.exec(event) ?? [];
      // Without a wildcard the editor asks for one file; with one it walks the whole folder.
      assert.match(file, /^[\w./-]+$/, event);
    }
  });

  it('is limited where nothing may be run, and where nothing is on disk', () => {
    assert.equal(capabilities.untrustedWorkspaces.supported, 'limited');
    assert.equal(capabilities.virtualWorkspaces.supported, 'limited');
    for (const name of capabilities.untrustedWorkspaces.restrictedConfigurations)
      assert.ok(settings.includes(name));
  });

  it('has a walkthrough whose steps can be ticked off, with pictures in the colours of the theme', () => {
    const [walkthrough] = contributes.walkthroughs;
    assert.ok(walkthrough !== undefined && walkthrough.steps.length >= 4 && walkthrough.steps.length <= 5);
    for (const { id, completionEvents } of walkthrough.steps) {
      const picture = readFileSync(`client/walkthrough/media/${id}.svg`, 'utf8');
      assert.ok(completionEvents.length > 0, id);
      // Colours that are not the theme's stand only behind one that is, for themes that lack it.
      assert.deepEqual(
        picture
          .replaceAll(/var\(--vscode-(?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g, '')
          .match(/#[0-9a-f]{3,8}\b/gi),
        null,
      );
    }
  });

  it('names files that there are', () => {
    const paths = [...readFileSync('package.json', 'utf8').matchAll(/"(?:\.\/)?(client\/[^"*]+\.\w+)"/g)];
    assert.ok(paths.length > 8);
    for (const [, path = ''] of paths) assert.ok(existsSync(path), path);
  });
});

/** Every text under a key that people read. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && /^(title|category|altText|.*[dD]escription)$/.test(key)
      ? [inner]
      : textsIn(inner),
  );
}
