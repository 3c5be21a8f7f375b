#!/usr/bin/env node
// Writes the data of the sample shop. The same options give the same bytes; the files in data/ are those of no options at
// all.
import { fileURLToPath } from 'node:url';
import { withCells, withRepeated } from '../generator/dirt.mjs';
import { randomStream } from '../generator/random.mjs';
import { runGenerator } from '../generator/write-files.mjs';
import {
  CUSTOMER_COLUMNS,
  customerRows,
  MEMBERSHIP_COLUMNS,
  makeCustomers,
  makeMemberships,
  membershipRows,
} from './generator/customers.mjs';
import {
  addBackwardSpell,
  oddAnswers,
  orphanContact,
  REPEATED_ORDER,
  STARLESS_REVIEW,
} from './generator/dirt.mjs';
import { LINE_COLUMNS, lineRows, makeOrders, ORDER_COLUMNS, orderRows } from './generator/orders.mjs';
import {
  PRODUCT_COLUMNS,
  productRows,
  SERVING_COLUMNS,
  SPEND_COLUMNS,
  servingRows,
  spendRows,
} from './generator/products.mjs';
import { EVENT_COLUMNS, eventRows, makeEvents } from './generator/site.mjs';
import {
  ANSWER_COLUMNS,
  answerRows,
  CONTACT_COLUMNS,
  contactRows,
  makeAnswers,
  makeContacts,
  makeReviews,
  REVIEW_COLUMNS,
  reviewRows,
} from './generator/voices.mjs';

const HELP = `Usage: node samples/retail/generate.mjs [options]

Writes the CSV files of Tamberwick, a shop that does not exist, from 2023-07-01 to 2025-06-30.

  --seed N     other customers with the same stories (default 1)
  --scale N    times as many customers, orders, answers and visits (default 1: 1,400 customers)
  --out DIR    where to write (default: the folder data beside this program)
  --help       this text
`;

const MOST_SCALE = 200;

/** All files: name, columns, rows. */
function makeFiles({ seed, scale }) {
  const stream = (name) => randomStream(seed, name);
  const customers = makeCustomers(stream('customers'), scale);
  const memberships = addBackwardSpell(makeMemberships(stream('memberships'), customers));
  const orders = makeOrders(stream('orders'), customers);
  const answers = makeAnswers(stream('answers'), orders);
  const contacts = orphanContact(makeContacts(stream('contacts'), orders), customers);
  const reviews = makeReviews(stream('reviews'), orders);
  const events = makeEvents(stream('events'), scale);
  const noStars = [[STARLESS_REVIEW - 1, REVIEW_COLUMNS.indexOf('stars'), 0]];
  return [
    ['products.csv', PRODUCT_COLUMNS, productRows()],
    ['serving_costs.csv', SERVING_COLUMNS, servingRows()],
    ['marketing_spend.csv', SPEND_COLUMNS, spendRows()],
    ['customers.csv', CUSTOMER_COLUMNS, customerRows(customers)],
    ['memberships.csv', MEMBERSHIP_COLUMNS, membershipRows(memberships)],
    ['orders.csv', ORDER_COLUMNS, withRepeated(orderRows(orders), REPEATED_ORDER)],
    ['order_lines.csv', LINE_COLUMNS, lineRows(orders)],
    ['survey_answers.csv', ANSWER_COLUMNS, withCells(answerRows(answers), oddAnswers(answers))],
    ['contacts.csv', CONTACT_COLUMNS, contactRows(contacts)],
    ['reviews.csv', REVIEW_COLUMNS, withCells(reviewRows(reviews), noStars)],
    ['site_events.csv', EVENT_COLUMNS, eventRows(events)],
  ];
}

await runGenerator({
  help: HELP,
  folder: fileURLToPath(new URL('data', import.meta.url)),
  numbers: {
    seed: { default: 1, least: 0, most: Number.MAX_SAFE_INTEGER },
    scale: { default: 1, least: 0.2, most: MOST_SCALE, isWhole: false },
  },
  makeFiles,
});
