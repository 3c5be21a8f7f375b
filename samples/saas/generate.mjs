#!/usr/bin/env node
// Writes the data of the sample company. The same options give the same bytes; the files in data/ are those of no
// options at all.
import { fileURLToPath } from 'node:url';
import { withCells, withRepeated } from '../generator/dirt.mjs';
import { randomStream } from '../generator/random.mjs';
import { runGenerator } from '../generator/write-files.mjs';
import { ACCOUNT_COLUMNS, accountRows, CSM_COLUMNS, csmRows, makeAccounts } from './generator/accounts.mjs';
import { addBackwardSpell, oddAnswers, orphanTicket } from './generator/dirt.mjs';
import { EVENT_COLUMNS, eventRows } from './generator/events.mjs';
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
    ['invoices.csv', INVOICE_COLUMNS, withRepeated(invoiceRows(invoices), 1200)],
    ['tickets.csv', TICKET_COLUMNS, ticketRows(orphanTicket(tickets, accounts))],
    ['survey_answers.csv', ANSWER_COLUMNS, withCells(answerRows(answers), oddAnswers(answers))],
    ['events.csv', EVENT_COLUMNS, eventRows(stream('events'), stream('failures'), accounts, events)],
  ];
}

await runGenerator({
  help: HELP,
  folder: fileURLToPath(new URL('data', import.meta.url)),
  numbers: {
    seed: { default: 1, least: 0, most: Number.MAX_SAFE_INTEGER },
    scale: { default: 1, least: 0.2, most: MOST_SCALE, isWhole: false },
    events: { default: ({ scale }) => Math.round(EVENTS * scale), least: 0, most: MOST_EVENTS },
  },
  makeFiles,
});
