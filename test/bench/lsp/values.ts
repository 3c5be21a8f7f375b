import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { CompletionResolveRequest, InlayHintRequest } from 'vscode-languageserver/node';
import { STALE_NOTE } from '../../../server/src/core/ide/inlay-hints/words.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { openData } from '../../../server/src/core/open-data.ts';
import type { QueryEngine } from '../../../server/src/core/ports.ts';
import { loadProject } from '../../../server/src/core/workspace.ts';
import { createDuckDbEngine } from '../../../server/src/engines/duckdb/duckdb-engine.ts';
import { createNodeFileSystem, toCorePath } from '../../../server/src/hosts/node-file-system.ts';
import type { Unavailable } from '../../../server/src/protocol/custom-request.ts';
import { type SqlResult, sqlRequest } from '../../../server/src/protocol/sql.ts';
import type { Files } from '../kit/projects.ts';
import { type Summary, summary } from '../kit/statistics.ts';
import { type Client, pause } from './client.ts';
import { inExpression, Typist } from './keystrokes.ts';
import type { OpenDocument } from './open-document.ts';

/** The metric that is typed into. */
export const VALUE_METRIC = 'web_revenue';
export const VALUE_FILE = 'all.metrics.yaml';

/** A project on one large table. */
export function valueProject(): Files {
  return {
    'plumbline.yaml': 'plumbline: 1\nname: values\nas_of: 2025-06-30\n',
    [VALUE_FILE]: `plumbline: 1

sources:
  events:
    description: A million purchases.
    owner: sales
    data: data/events.parquet
    key: event_id
    time: happened_at

metrics:
  ${VALUE_METRIC}:
    type: sum
    description: What came in on the web.
    why: Decides the budget.
    owner: sales
    source: events
    value: amount
    where: amount > 1000 and channel = 'web'

  buyers:
    type: count_distinct
    description: Who bought anything.
    why: Decides the staff.
    owner: sales
    source: events
    value: customer_id
`,
  };
}

/** Writes so many rows of twelve columns as Parquet; the same for the same number. */
export async function writeEvents(folder: string, rows: number): Promise<void> {
  const path = join(folder, 'data', 'events.parquet');
  await mkdir(dirname(path), { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const columns = [
    "'e' || i AS event_id",
    "TIMESTAMP '2023-07-01' + to_seconds(i * 63072000 // count) AS happened_at",
    "'c' || (hash(i) % 50000) AS customer_id",
    "['web', 'phone', 'shop'][(1 + hash(i + 1) % 3)::INTEGER] AS channel",
    "['DE', 'FR', 'GB', 'SE'][(1 + hash(i + 2) % 4)::INTEGER] AS country",
    "['basic', 'team', 'pro'][(1 + hash(i + 3) % 3)::INTEGER] AS plan",
    '((hash(i + 4) % 400000) / 100)::DOUBLE AS amount',
    '((hash(i + 5) % 100) / 10)::DOUBLE AS tax',
    '(hash(i + 6) % 11)::INTEGER AS score',
    '(hash(i + 7) % 9)::INTEGER AS items',
    'hash(i + 8) % 2 = 0 AS returning_customer',
    "'campaign ' || (hash(i + 9) % 200) AS campaign",
  ];
  await connection.run(
    `COPY (SELECT ${columns.join(', ')} FROM range(${rows}) t(i), (SELECT ${rows} AS count))
     TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
}

/** Times of a value that follows a keystroke, and of what it cannot be quicker than. */
export interface ValueTimes {
  readonly fresh: Summary;
  /** The same statement on an engine of the same kind that does nothing else. */
  readonly query: Summary;
  readonly roundTrip: Summary;
}

/** From a keystroke in an expression to the hint with its value. */
export async function measureValues(
  client: Client,
  document: OpenDocument,
  folder: string,
  repeat: number,
): Promise<ValueTimes> {
  const typist = new Typist(document, VALUE_METRIC);
  const engine = createDuckDbEngine({ childPath: resolve('dist', 'engine.js') });
  const times: Record<'fresh' | 'query' | 'roundTrip', number[]> = { fresh: [], query: [], roundTrip: [] };
  try {
    const loaded = await loadProject(createNodeFileSystem(), toCorePath(folder), { kinds });
    await openData(loaded, kinds, engine, loaded.project.metrics.values());
    await freshValue(client, document, typist.spots.name, undefined);
    for (let nth = -2; nth < repeat; nth++) {
      await client.quiet(400);
      const before = await hintAt(client, document, typist.spots.name);
      const begun = typist.prepare(inExpression)();
      await freshValue(client, document, typist.spots.name, before?.label);
      const fresh = performance.now() - begun;
      await client.quiet(400);
      const roundTrip = await emptyRoundTrip(client);
      const query = await bareQuery(client, document, engine);
      if (nth < 0) continue;
      times.fresh.push(fresh);
      times.query.push(query);
      times.roundTrip.push(roundTrip);
    }
  } finally {
    await engine.dispose();
  }
  return { fresh: summary(times.fresh), query: summary(times.query), roundTrip: summary(times.roundTrip) };
}

interface Hint {
  readonly label: string;
  readonly isStale: boolean;
}

/** The hint on the line of an offset, as it is now. */
export async function hintAt(
  client: Client,
  document: OpenDocument,
  offset: number,
): Promise<Hint | undefined> {
  const { line } = document.position(offset);
  const hints = await client.connection.sendRequest(InlayHintRequest.type, {
    textDocument: { uri: document.uri },
    range: { start: { line: Math.max(0, line - 20), character: 0 }, end: { line: line + 20, character: 0 } },
  });
  const hint = hints?.find(({ position }) => position.line === line);
  return (
    hint && { label: String(hint.label), isStale: JSON.stringify(hint.tooltip ?? '').includes(STALE_NOTE) }
  );
}

/**
 * Asks as editors do, now and when told to, until another value than before is there, or the same after it was stale: on few rows a small
 * change of a condition need not change the value.
 */
export async function freshValue(
  client: Client,
  document: OpenDocument,
  offset: number,
  before: string | undefined,
): Promise<void> {
  let wasStale = false;
  for (;;) {
    const seen = client.refreshes;
    const hint = await hintAt(client, document, offset);
    if (hint !== undefined && !hint.isStale && (wasStale || hint.label !== before)) return;
    wasStale ||= hint?.isStale === true;
    await client.refreshed(seen);
  }
}

/** A request that the server answers with what it was sent. */
async function emptyRoundTrip(client: Client): Promise<number> {
  const begun = performance.now();
  await client.connection.sendRequest(CompletionResolveRequest.type, { label: 'x' });
  return performance.now() - begun;
}

/** Runs what the server says that it computes the metric with. */
async function bareQuery(client: Client, document: OpenDocument, engine: QueryEngine): Promise<number> {
  const params = { textDocument: { uri: document.uri }, metric: VALUE_METRIC };
  const answer = await client.connection.sendRequest<SqlResult | Unavailable | null>(
    sqlRequest.method,
    params,
  );
  if (answer === null || !('statements' in answer)) throw new Error('The metric has no SQL.');
  await pause(20);
  const begun = performance.now();
  for (const { sql } of answer.statements) await engine.run(sql);
  return performance.now() - begun;
}
