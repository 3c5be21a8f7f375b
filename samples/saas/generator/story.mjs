// Every number that shapes the story of Rotamill, in one place. Lists run over months or quarters from July 2023.
import { monthNamed } from '../../generator/calendar.mjs';

/** Accounts at scale 1: some arrive from the closed beta in the first days, the rest by month. */
export const ACCOUNTS = 600;
export const BETA_ACCOUNTS = 84;
export const SIGN_UPS = [
  6, 14, 18, 20, 19, 12, 22, 23, 24, 22, 23, 21, 20, 18, 25, 26, 25, 15, 26, 27, 29, 29, 30, 29,
];

/** Size: share among the beta accounts and among the later ones, and the range of employees. */
export const SIZES = {
  small: { beta: 50, later: 66, employees: [4, 49] },
  mid_market: { beta: 28, later: 25, employees: [50, 999] },
  enterprise: { beta: 22, later: 9, employees: [1000, 9800] },
};
export const PLANS = {
  small: { starter: 62, team: 38 },
  mid_market: { team: 45, business: 55 },
  enterprise: { business: 25, enterprise: 75 },
};
export const LADDER = ['starter', 'team', 'business', 'enterprise'];

/** Euro cents per seat and month. Everybody moves to the new list on the day of the change. */
export const PRICES = { starter: 400, team: 600, business: 800, enterprise: 700 };
export const NEW_PRICES = { starter: 480, team: 700, business: 900, enterprise: 780 };
export const PRICE_CHANGE = monthNamed('2024-10');

/** Cancellations per account alive and month. Small accounts react to the price two months after it changed. */
export function cancellationRate(size, month) {
  if (size === 'enterprise') return 0.007;
  if (size === 'mid_market') return 0.012;
  if (month === PRICE_CHANGE + 2) return 0.085;
  if (month === PRICE_CHANGE + 3) return 0.045;
  return 0.019;
}
export const REASONS = { too_expensive: 25, missing_feature: 25, competitor: 22, closed_down: 18, other: 10 };
export const REASONS_AFTER_PRICE_CHANGE = {
  too_expensive: 70,
  missing_feature: 10,
  competitor: 15,
  other: 5,
};
export const PLAN_CHANGE_RATE = 0.014;
export const WIN_BACK_RATE = 0.012;
export const NOTICE_GIVEN = 4;

/**
 * Answers to the NPS survey per account and quarter, and the score they add up to. Until 2024-Q3 an e-mail went
 * to named contacts; from 2024-Q4 a question inside the product reaches small accounts, which then answer far
 * more often. The score of enterprise falls from that quarter on; the others stay where they are.
 */
export const NPS_ANSWERS = {
  small: [0.27, 0.27, 0.27, 0.27, 0.27, 0.62, 0.84, 1.02],
  mid_market: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
  enterprise: [1.5, 1.5, 1.5, 1.5, 1.5, 1.4, 1.2, 1.05],
};
export const NPS_LEVEL = {
  small: [48, 50, 49, 51, 50, 52, 52, 53],
  mid_market: [34, 35, 36, 36, 37, 37, 38, 38],
  enterprise: [30, 31, 32, 31, 30, 19, 10, 2],
};
export const IN_APP_QUARTER = 5;

/** Tickets per account alive and month, and minutes to the first reply: points of the distribution by priority. */
export const TICKETS = { small: 0.2, mid_market: 0.42, enterprise: 0.95 };
export const PRIORITIES = { low: 22, normal: 50, high: 21, urgent: 7 };
export const CATEGORIES = { how_to: 38, bug: 24, integration: 16, access: 12, billing: 10 };
export const CATEGORIES_AFTER_PRICE_CHANGE = {
  how_to: 28,
  bug: 20,
  integration: 12,
  access: 10,
  billing: 30,
};
export const MEDIAN_REPLY = { low: 420, normal: 230, high: 120, urgent: 40 };
export const REPLY_SPREAD = [
  [0, 0.12],
  [0.25, 0.55],
  [0.5, 1],
  [0.75, 1.8],
  [0.95, 4],
  [1, 9],
];
export const SOLVE_HOURS = [
  [0, 1],
  [0.25, 5],
  [0.5, 16],
  [0.75, 40],
  [0.95, 140],
  [1, 420],
];

/** In February 2025 two of five support agents were away. */
export const STAFFING_GAP = monthNamed('2025-02');
export const GAP_FACTOR = 4;
export const SUPPORT_SATISFIED = 0.84;
export const GAP_SATISFIED = 0.55;
export const ONBOARDING_SATISFIED = 0.88;

/** Product use: events per account are weighted by size; `auto_rota` exists from its launch on. */
export const EVENTS = 12_000;
export const USE = { small: 1, mid_market: 2, enterprise: 4 };
export const USERS = { small: 3, mid_market: 8, enterprise: 25 };
export const FEATURES = {
  rota_board: 36,
  shift_swap: 20,
  timesheets: 18,
  messages: 13,
  payroll_export: 8,
  reports: 5,
};
/** How often an action does not work. */
export const FAILURES = {
  rota_board: 0.008,
  shift_swap: 0.012,
  timesheets: 0.045,
  messages: 0.006,
  payroll_export: 0.07,
  reports: 0.02,
  auto_rota: 0.03,
};
export const LAUNCH_DATE = '2024-09-10';
export const DAYS_TO_ADOPT = { small: 420, mid_market: 360, enterprise: 800 };
export const NEW_FEATURE_SHARE = 0.5;
/** Monday to Sunday. Rotas are published before the weekend. */
export const WEEK = [1.1, 1.1, 1.2, 1.3, 1.3, 0.5, 0.4];
