import assert from 'node:assert/strict';
import {
  type ClientCapabilities,
  ConfigurationRequest,
  DidChangeConfigurationNotification,
} from 'vscode-languageserver/node';
import { ALL_HINTS } from '../../server/src/core/ide/inlay-hints.ts';
import { createSettings, readSettings, type SettingsStore } from '../../server/src/lsp/settings.ts';
import { type Connected, connected } from './connected.ts';

const CAN_BE_ASKED: ClientCapabilities = { workspace: { configuration: true } };

describe('settings', () => {
  let ends: Connected;
  /** Resolves when the server was told that settings have changed. */
  let changed: Promise<void>;

  function open(client: ClientCapabilities, initial: unknown = undefined): SettingsStore {
    ends = connected();
    let tell = (): void => {};
    changed = new Promise((done) => {
      tell = done;
    });
    return createSettings(
      ends.server,
      () => client,
      () => initial,
      () => tell(),
    );
  }

  afterEach(() => ends.end());

  it('are asked for each resource once, until the client says that they have changed', async () => {
    const settings = open(CAN_BE_ASKED);
    const asked: string[] = [];
    let where = false;
    ends.client.onRequest(ConfigurationRequest.type, ({ items }) => {
      asked.push(...items.map(({ scopeUri, section }) => `${section} ${scopeUri}`));
      return items.map(({ scopeUri }) => (scopeUri === 'file:///a' ? { inlayHints: { where } } : null));
    });
    ends.listen();
    assert.deepEqual((await settings.of('file:///a')).inlayHints, { ...ALL_HINTS, where: false });
    assert.deepEqual((await settings.of('file:///a')).inlayHints, { ...ALL_HINTS, where: false });
    assert.deepEqual((await settings.of('file:///b')).inlayHints, ALL_HINTS);
    assert.deepEqual(asked, ['plumbline file:///a', 'plumbline file:///b']);
    where = true;
    await ends.client.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    await changed;
    assert.deepEqual((await settings.of('file:///a')).inlayHints, ALL_HINTS);
    assert.equal(asked.length, 3);
  });

  it('of a client that cannot be asked are its initial ones, and then those that it sends', async () => {
    const settings = open({}, { inlayHints: { metrics: false } });
    ends.listen();
    assert.deepEqual((await settings.of('file:///a')).inlayHints, { ...ALL_HINTS, metrics: false });
    await ends.client.sendNotification(DidChangeConfigurationNotification.type, {
      settings: { plumbline: { inlayHints: { sources: false } } },
    });
    await changed;
    assert.deepEqual((await settings.of('file:///a')).inlayHints, { ...ALL_HINTS, sources: false });
  });

  it('have their defaults where the client fails to answer, and are asked for again', async () => {
    const settings = open(CAN_BE_ASKED);
    let asked = 0;
    ends.client.onRequest(ConfigurationRequest.type, ({ items }) => {
      asked++;
      if (asked === 1) throw new Error('not now');
      return items.map(() => ({ inlayHints: { where: false } }));
    });
    ends.listen();
    assert.deepEqual((await settings.of('file:///a')).inlayHints, ALL_HINTS);
    assert.deepEqual((await settings.of('file:///a')).inlayHints, { ...ALL_HINTS, where: false });
  });

  it('that are of another type, or missing, have their default', () => {
    const odd = [
      undefined,
      null,
      3,
      'x',
      [],
      { inlayHints: null },
      { inlayHints: { where: 'no', metrics: 0 } },
    ];
    for (const value of odd) assert.deepEqual(readSettings(value).inlayHints, ALL_HINTS);
  });
});
