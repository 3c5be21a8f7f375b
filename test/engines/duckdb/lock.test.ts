import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { csvTable, testEngine, testFolder } from '../../kit/engine.ts';

describe('the lock of the engine', () => {
  const engine = testEngine();
  const folder = testFolder();

  before(async () => {
    const file = await folder.write('secret.csv', 'a\n1\n');
    await engine.load([csvTable('t', file, ['a'])]);
  });

  // `~` stands for the folder of this test, in which nothing may appear and from which nothing may be read.
  const forbidden = [
    "copy t to '~/out.csv'",
    "copy (select 1) to '~/secret.csv'",
    "export database '~/export'",
    "import database '~/export'",
    "attach '~/other.db'",
    "attach ':memory:' as other",
    "select * from read_csv('~/secret.csv')",
    "select * from '~/secret.csv'",
    "select * from read_text('~/secret.csv')",
    "select * from read_blob('~/secret.csv')",
    "select * from read_json('~/secret.csv')",
    "select * from sniff_csv('~/secret.csv')",
    "select * from glob('~/*')",
    "select * from read_parquet('https://127.0.0.1:9/x.parquet')",
    "select * from read_csv('http://127.0.0.1:9/x.csv')",
    `select * from query('select * from read_text(''~/secret.csv'')')`,
    `from json_execute_serialized_sql(json_serialize_sql('select * from read_text(''~/secret.csv'')'))`,
    'install httpfs',
    'load httpfs',
    "load '~/evil.duckdb_extension'",
    'force install httpfs from community',
    "set memory_limit = '100GB'",
    'reset memory_limit',
    'pragma threads = 64',
    "set temp_directory = '~'",
    "set disabled_filesystems = ''",
    'set enable_external_access = true',
    'set lock_configuration = false',
    "set timezone = 'Asia/Tokyo'",
    'create persistent secret s (type http)',
    "call enable_logging(storage = 'file', storage_config = {'path': '~/log'})",
    "pragma profiling_output = '~/profile.json'",
    'drop table stored.t',
    'drop view t',
    'delete from stored.t',
    'insert into stored.t values (2)',
    'update stored.t set a = 2',
    'create table other as select 1',
    'create macro f() as 1',
    'select 1; select 2',
    'select 1; drop view t',
  ];
  for (const sql of forbidden) {
    it(`refuses: ${sql}`, async () => {
      await assert.rejects(engine.run(sql.replaceAll('~', folder.path())), {
        name: 'EngineFailure',
        reason: 'query',
      });
    });
  }

  it('has left the data and the folder as they were', async () => {
    assert.deepEqual(await engine.run('select a, __row from t'), [{ a: 1, __row: 1 }]);
    assert.deepEqual(await readdir(folder.path()), ['secret.csv']);
  });

  // DuckDB does not show `disabled_filesystems`; its message when a file is read does.
  it('has every setting that the design names', async () => {
    const settings = await engine.run(
      `select name, value from duckdb_settings() where name in ('autoinstall_known_extensions', 'autoload_known_extensions',
        'allow_community_extensions', 'enable_external_access', 'lock_configuration', 'temp_directory', 'allowed_paths',
        'allowed_directories', 'threads') order by name`,
    );
    assert.deepEqual(Object.fromEntries(settings.map(({ name, value }) => [name, value])), {
      allow_community_extensions: 'false',
      allowed_directories: '[]',
      allowed_paths: '[]',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      enable_external_access: 'false',
      lock_configuration: 'true',
      temp_directory: '',
      threads: '2',
    });
    await assert.rejects(engine.run(`select * from read_text('${folder.path()}/secret.csv')`), {
      message: /LocalFileSystem has been disabled/,
    });
  });

  it('holds for a second load too, which replaces the first', async () => {
    const file = await folder.write('secret.csv', 'b\n2\n');
    await engine.load([csvTable('u', file, ['b'])]);
    assert.deepEqual(await engine.run('select b from u'), [{ b: 2 }]);
    await assert.rejects(engine.run('select * from t'), { reason: 'query' });
    await assert.rejects(engine.run(`select * from read_text('${file}')`), { reason: 'query' });
  });

  it('answers nothing from what was loaded before a load failed', async () => {
    const file = await folder.write('secret.csv', 'b\n2\n');
    const missing = csvTable('v', `${folder.path()}/none.csv`, ['b']);
    await assert.rejects(engine.load([csvTable('u', file, ['b']), missing]), { reason: 'data', table: 'v' });
    await assert.rejects(engine.run(`select * from read_text('${file}')`), {
      message: 'No data has been loaded.',
    });
  });
});
