import { type CsvRow, cell, readTables, type Tables } from '../kit/csv-tables.ts';
import { londonDay } from './london-day.ts';

/**
 * The tables of `samples/saas`, read with nothing of Plumbline: rows set aside by the format's rules (exact duplicates,
 * missing times, spells that end before they start) are left out here by hand, and days are those of London.
 */
export interface SaasTables {
  readonly accounts: readonly AccountRow[];
  readonly spells: readonly SpellRow[];
  readonly invoices: readonly InvoiceRow[];
  readonly events: readonly EventRow[];
  readonly answers: readonly AnswerRow[];
  readonly tickets: readonly TicketRow[];
}

/** A row that belongs to an account; `size` is its group of `company_size`, `(none)` for an account that is missing. */
interface OfAccount {
  readonly account: string;
  readonly size: string;
}

export interface AccountRow extends OfAccount {
  readonly channel: string;
  readonly day: string;
}

/** `start` and `end` as dates; `end` is the first day without it, and later than every date where it still runs. */
export interface SpellRow extends OfAccount {
  readonly plan: string;
  readonly seats: number;
  readonly mrr: number;
  readonly start: string;
  readonly end: string;
  readonly reason: string;
}

/** The plan and the account are those of the spell that was invoiced. */
export interface InvoiceRow extends OfAccount {
  readonly plan: string;
  readonly issued: string;
  readonly due: string;
  readonly amount: number;
  /** Later than every date where it is not paid. */
  readonly paid: string;
}

export interface EventRow extends OfAccount {
  readonly user: string;
  readonly feature: string;
  readonly day: string;
  /** The instant, in milliseconds. */
  readonly at: number;
  readonly failed: boolean;
}

export interface AnswerRow extends OfAccount {
  readonly survey: string;
  readonly score: number;
  readonly touchpoint: string;
  readonly day: string;
}

/** Hours are by the clock, null where it has not happened; `solvedDay` is then later than every date. */
export interface TicketRow extends OfAccount {
  readonly priority: string;
  readonly category: string;
  readonly reopened: boolean;
  readonly openedDay: string;
  readonly solvedDay: string;
  readonly replyHours: number | null;
  readonly solveHours: number | null;
}

const NEVER = '9999-12-31';

/** Reads the tables from the sample's folder of data. A missing file throws, as the tests cannot go on without it. */
export function readSaasTables(folder: string): SaasTables {
  return saasTables(readTables(folder));
}

/** The rows of the tables with what belongs to them: groups, days and hours. */
export function saasTables(read: Tables): SaasTables {
  const employees = new Map(
    read('accounts').map((row) => [cell(row, 'account_id'), Number(cell(row, 'employees'))]),
  );
  const ofAccount = (row: CsvRow): OfAccount => {
    const account = cell(row, 'account_id');
    return { account, size: sizeOf(employees.get(account)) };
  };
  const subscriptions = new Map(read('subscriptions').map((row) => [cell(row, 'subscription_id'), row]));
  return {
    accounts: read('accounts').map((row) => ({
      ...ofAccount(row),
      channel: cell(row, 'acquisition_channel'),
      day: cell(row, 'signed_up_on'),
    })),
    spells: [...subscriptions.values()]
      .map((row) => readSpell(row, ofAccount(row)))
      .filter((spell) => spell.end > spell.start),
    invoices: read('invoices').map((row) => {
      const spell = subscriptions.get(cell(row, 'subscription_id'));
      if (spell === undefined) throw new Error('an invoice without a subscription');
      return { ...readInvoice(row), ...ofAccount(spell), plan: cell(spell, 'plan') };
    }),
    events: read('events').map((row) => ({
      ...ofAccount(row),
      user: cell(row, 'user_id'),
      feature: cell(row, 'feature'),
      day: londonDay(cell(row, 'occurred_at')),
      at: Date.parse(cell(row, 'occurred_at')),
      failed: cell(row, 'failed') === 'true',
    })),
    answers: read('survey_answers')
      .filter((row) => cell(row, 'answered_at') !== '')
      .map((row) => readAnswer(row, ofAccount(row))),
    tickets: read('tickets').map((row) => readTicket(row, ofAccount(row))),
  };
}

function sizeOf(employees: number | undefined): string {
  if (employees === undefined) return '(none)';
  if (employees < 50) return 'small';
  return employees < 1000 ? 'mid_market' : 'enterprise';
}

function readSpell(row: CsvRow, account: OfAccount): SpellRow {
  return {
    ...account,
    plan: cell(row, 'plan'),
    seats: Number(cell(row, 'seats')),
    mrr: Number(cell(row, 'mrr')),
    start: cell(row, 'started_on'),
    end: cell(row, 'ended_on') || NEVER,
    reason: cell(row, 'ended_because'),
  };
}

function readInvoice(row: CsvRow) {
  const issued = cell(row, 'issued_on');
  const due = new Date(Date.parse(issued) + 14 * 86_400_000).toISOString().slice(0, 10);
  return { issued, due, amount: Number(cell(row, 'amount')), paid: cell(row, 'paid_on') || NEVER };
}

function readAnswer(row: CsvRow, account: OfAccount): AnswerRow {
  return {
    ...account,
    survey: cell(row, 'survey'),
    score: Number(cell(row, 'score')),
    touchpoint: cell(row, 'touchpoint'),
    day: londonDay(cell(row, 'answered_at')),
  };
}

function readTicket(row: CsvRow, account: OfAccount): TicketRow {
  const opened = utc(cell(row, 'opened_at'));
  const hoursTo = (column: string) => {
    const text = cell(row, column);
    return text === '' ? null : (Date.parse(utc(text)) - Date.parse(opened)) / 3_600_000;
  };
  const solved = cell(row, 'solved_at');
  return {
    ...account,
    priority: cell(row, 'priority'),
    category: cell(row, 'category'),
    reopened: cell(row, 'reopened') === 'true',
    openedDay: londonDay(opened),
    solvedDay: solved === '' ? NEVER : londonDay(utc(solved)),
    replyHours: hoursTo('first_reply_at'),
    solveHours: hoursTo('solved_at'),
  };
}

/** The help desk writes `2025-01-07 09:00:00` and means UTC. */
function utc(text: string): string {
  return `${text.replace(' ', 'T')}Z`;
}
