import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { writeFiles } from '../kit/write-files.ts';
import type { CoreOptions } from './bench.ts';

/** Spells and events of customers over three years, as many as a benchmark asks for, and the metrics that follow them. */

/** Events for each spell, spells for each customer, and the days that they begin in. */
const [EVENTS, SPELLS, DAYS] = [10, 4, 1096];

/** The definitions, by the names of the statements in `lifecycle-sql.ts` that compute the same. */
const DEFINITIONS = `plumbline: 1
sources:
  spells:
    data: spells.parquet
    lifespan: { start: started, end: ended }
    as_of: 2024-12-31
  events:
    data: events.parquet
    time: happened
    as_of: 2024-12-31
metrics:
  retention: { type: retention, source: spells, entity: customer }
  churn: { type: churn, source: spells, entity: customer }
  opening: { type: movement, source: spells, entity: customer, of: opening }
  closing: { type: movement, source: spells, entity: customer, of: closing }
  new: { type: movement, source: spells, entity: customer, of: new }
  returned: { type: movement, source: spells, entity: customer, of: returned }
  lost: { type: movement, source: spells, entity: customer, of: lost }
  net: { type: retention, source: spells, entity: customer, value: mrr, expansion: include }
  gross: { type: retention, source: spells, entity: customer, value: mrr, expansion: exclude }
  after_3_months: { type: cohort_retention, source: spells, entity: customer, after: 3 months }
  median_tenure: { type: tenure, source: spells, entity: customer, grain: year }
  again: { type: retention, source: events, entity: customer }
  activated: { type: movement, source: events, entity: customer, of: new }
  reactivated: { type: movement, source: events, entity: customer, of: returned }
  dormant: { type: movement, source: events, entity: customer, of: lost }
  active_after_1_month: { type: cohort_retention, source: events, entity: customer, after: 1 month }
  worth: { type: lifetime_value, source: events, entity: customer, value: amount }
  bought:
    type: conversion
    source: events
    entity: customer
    within: 7 days
    steps:
      - { name: looked, where: kind = 'view' }
      - { name: put aside, where: kind = 'cart' }
      - { name: bought, where: kind = 'buy' }
`;

/** Writes the project at a size; it is made once. */
export async function lifecycleAt(
  folder: string,
  { spells, sizes }: CoreOptions,
  size: number,
): Promise<string> {
  const own = Math.round((spells * size) / Math.max(...sizes));
  const project = join(folder, `spells-${own}`);
  if ((await readdir(project).catch(() => [])).length > 0) return project;
  await mkdir(project, { recursive: true });
  await writeFiles(project, {
    'plumbline.yaml': 'plumbline: 1\n',
    'lifecycle.metrics.yaml': DEFINITIONS,
  });
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(`COPY (${spellsOf(own)}) TO '${join(project, 'spells.parquet')}'`);
  await connection.run(`COPY (${eventsOf(own)}) TO '${join(project, 'events.parquet')}'`);
  connection.closeSync();
  instance.closeSync();
  return project;
}

/** A number from 0 up to another, drawn by the row: the same rows in every run. */
const draw = (salt: string, below: number): string => `(hash(i, '${salt}') % ${below})::INTEGER`;

/** Spells of which some are open, some follow each other without a gap, and some overlap. */
function spellsOf(count: number): string {
  const customers = Math.max(1, Math.round(count / SPELLS));
  return `SELECT ${draw('who', customers)} AS customer, started,
  CASE WHEN ${draw('open', 10)} > 0 THEN started + 5 + ${draw('length', 400)} END AS ended, mrr
FROM (SELECT i, DATE '2022-01-01' + ${draw('start', DAYS)} AS started, 10 + ${draw('mrr', 490)} AS mrr
  FROM range(${count}) r(i))`;
}

function eventsOf(spells: number): string {
  const customers = Math.max(1, Math.round(spells / SPELLS));
  const kind = `CASE WHEN ${draw('kind', 10)} < 6 THEN 'view' WHEN ${draw('kind', 10)} < 9 THEN 'cart' ELSE 'buy' END`;
  return `SELECT ${draw('who', customers)} AS customer,
  TIMESTAMP '2022-01-01' + INTERVAL 1 DAY * ${draw('day', DAYS)} + INTERVAL 1 SECOND * ${draw('second', 86_400)} AS happened,
  ${kind} AS kind, ${draw('amount', 200)} AS amount
FROM range(${spells * EVENTS}) r(i)`;
}
