#!/usr/bin/env node
// Writes the data of the sample company. The same options give the same bytes; the files in data/ are those of no
// options at all.
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ACCOUNT_COLUMNS, accountRows, CSM_COLUMNS, csmRows, makeAccounts } from './generator/accounts.mjs';
import { addBackwardSpell, orphanTicket, withDuplicate, withOddAnswers } from './generator/dirt.mjs';
import { EVENT_COLUMNS, eventRows } from './generator/events.mjs';
import { randomStream } from './generator/random.mjs';
import { EVENTS } from './generator/story.mjs';
import {
  INVOICE_COLUMNS,
  invoiceRows,
  makeInvoices,
  makeSubscriptions,
  SUBSCRIPTION_COLUMNS,
  subscriptionRows,
} from './generator/subscriptions.mjs';
import { makeTickets, TICKET_COLUMNS, ticketRows } from './generator/support.mjs';
import { ANSWER_COLUMNS, answerRows, makeAnswers } from './generator/surveys.mjs';

const HELP = `Usage: node samples/saas/generate.mjs [options]

Writes the CSV files of Rotamill, a company that does not exist, from 2023-07-01 to 2025-06-30.

  --seed N     another set of customers with the same stories (default 1)
  --scale N    times as many accounts, tickets, answers and events (default 1: 600 accounts)
  --events N   exactly so many product events, up to 10,000,000 (default ${EVENTS} times the scale)
  --out DIR    where to write (default: the folder data beside this program)
  --help       this text
`;

const MOST_EVENTS = 10_000_000;
const MOST_SCALE = 200;

/** The options as numbers, or the complaint about the first that is wrong. */
function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: '1' },
      scale: { type: 'string', default: '1' },
      events: { type: 'string' },
      out: { type: 'string', default: fileURLToPath(new URL('data', import.meta.url)) },
      help: { type: 'boolean', default: false },
    },
  });
  const scale = readNumber('scale', values.scale, { least: 0.2, most: MOST_SCALE, isWhole: false });
  return {
    seed: readNumber('seed', values.seed, { least: 0, most: Number.MAX_SAFE_INTEGER }),
    scale,
    events: readNumber('events', values.events ?? String(Math.round(EVENTS * scale)), {
      least: 0,
      most: MOST_EVENTS,
    }),
    out: values.out,
    help: values.help,
  };
}

function readNumber(name, text, { least, most, isWhole = true }) {
  const value = Number(text);
  const isGood =
    text.trim() !== '' && value >= least && value <= most && (!isWhole || Number.isInteger(value));
  if (!isGood)
    throw new Error(
      `--${name} must be a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}, not '${text}'`,
    );
  return value;
}

/** All files: name, columns, rows. Only the events are made while they are written; the rest fits in memory. */
function makeFiles({ seed, scale, events }) {
  const stream = (name) => randomStream(seed, name);
  const accounts = makeAccounts(stream('accounts'), scale);
  const spells = addBackwardSpell(makeSubscriptions(stream('subscriptions'), accounts));
  const invoices = makeInvoices(stream('invoices'), spells);
  const tickets = makeTickets(stream('tickets'), accounts);
  const answers = makeAnswers(stream('answers'), accounts, tickets);
  return [
    ['csms.csv', CSM_COLUMNS, csmRows()],
    ['accounts.csv', ACCOUNT_COLUMNS, accountRows(accounts)],
    ['subscriptions.csv', SUBSCRIPTION_COLUMNS, subscriptionRows(spells)],
    ['invoices.csv', INVOICE_COLUMNS, withDuplicate(invoiceRows(invoices))],
    ['tickets.csv', TICKET_COLUMNS, ticketRows(orphanTicket(tickets, accounts))],
    ['survey_answers.csv', ANSWER_COLUMNS, withOddAnswers(answerRows(answers), answers)],
    ['events.csv', EVENT_COLUMNS, eventRows(stream('events'), stream('failures'), accounts, events)],
  ];
}

/** Text in pieces of about 64 kB: the stream takes the next piece only when the disk has taken the last. */
function* csvText(columns, rows) {
  let piece = `${columns.join(',')}\n`;
  for (const row of rows) {
    piece += `${row.map(quote).join(',')}\n`;
    if (piece.length >= 65_536) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}

/** RFC 4180: quotes where a comma, a quote or a line end is in the text, and doubled quotes inside. */
function quote(cell) {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function main() {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  await mkdir(options.out, { recursive: true });
  for (const [name, columns, rows] of makeFiles(options)) {
    await pipeline(Readable.from(csvText(columns, rows)), createWriteStream(join(options.out, name)));
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
