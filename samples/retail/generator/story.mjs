// Every number that shapes the story of Tamberwick, in one place. Lists run over months from July 2023.
import { monthNamed } from '../../generator/calendar.mjs';

/** Customers at scale 1, and how many of them open an account in each month. */
export const CUSTOMERS = 1400;
export const JOINING = [
  58, 26, 28, 30, 44, 48, 22, 24, 28, 26, 24, 22, 24, 26, 44, 56, 66, 70, 40, 36, 38, 40, 40, 40,
];

/** Who they are. Offices and cafés have several people who order, and no age of their own. */
export const KINDS = { home: 80, office: 12, cafe: 8 };
export const LOGINS = { home: 1, office: 3, cafe: 2 };
export const AGES = { '18-29': 22, '30-44': 33, '45-59': 26, '60+': 15, '': 4 };
export const REGIONS = { south: 36, midlands: 22, north: 24, scotland: 11, wales: 7 };

/** How they found the shop. Advertisements on social networks ran from September 2024 on, and only at homes. */
export const CHANNELS = { search: 32, friend: 30, market_stall: 20, newsletter: 18 };
export const ADS_BEGIN = monthNamed('2024-09');
export const ADS_SHARE = 0.58;

/** Of those who open an account, the share that orders at all, and by when. */
export const EVER_ORDER = { usual: 0.9, ads: 0.72 };
export const DAYS_TO_FIRST_ORDER = [
  [0, 0],
  [0.6, 1],
  [0.85, 12],
  [1, 75],
];

/** Days that a customer goes on ordering, and orders per such customer and month. */
export const LASTING = {
  home: [
    [0, 20],
    [0.3, 120],
    [0.6, 420],
    [1, 1500],
  ],
  ads: [
    [0, 0],
    [0.72, 20],
    [1, 160],
  ],
  office: [
    [0, 60],
    [0.3, 300],
    [1, 2000],
  ],
  cafe: [
    [0, 90],
    [0.2, 400],
    [1, 2200],
  ],
};
export const ORDERS = { home: 0.3, ads: 0.18, office: 0.62, cafe: 1.1 };
export const CLUB_FACTOR = 1.7;
/** By month of the year, from January. */
export const SEASON = [0.9, 0.9, 1, 0.95, 0.9, 0.85, 0.85, 0.85, 0.95, 1.05, 1.4, 1.75];

/** Pieces of one product in a line, lines in an order, and the share of premium products, first and later. */
export const LINES = { home: [1, 3], ads: [1, 2], office: [1, 4], cafe: [2, 4] };
export const PIECES = { home: [1, 2], ads: [1, 1], office: [2, 6], cafe: [4, 12] };
export const CATEGORIES = {
  home: { tea: 46, coffee: 22, ware: 18, gift: 14 },
  office: { tea: 40, coffee: 52, ware: 6, gift: 2 },
  cafe: { tea: 38, coffee: 58, ware: 4, gift: 0 },
};
export const PREMIUM = { first: 0.15, later: 0.3 };
/** What the voucher of an advertisement takes off, and what the club takes off, as shares of the price. */
export const ADS_DISCOUNT = 0.3;
export const CLUB_DISCOUNT = 0.05;
/** Lines that are sent back. */
export const RETURNS = { tea: 0.015, coffee: 0.015, ware: 0.07, gift: 0.09 };
export const RETURNS_OF_ADS = 0.16;

/** The club began in October 2023. In January 2025 it began to cost money. */
export const CLUB_BEGIN = monthNamed('2023-10');
export const CLUB_JOINING = 0.09;
export const CLUB_LEAVING = 0.016;
export const CLUB_FEE = monthNamed('2025-01');
export const CLUB_LEAVING_AFTER_FEE = { '18-29': 0.26, '30-44': 0.12, '45-59': 0.06, '60+': 0.05, '': 0.08 };
export const CLUB_RETURNING = 0.025;
export const LEAVING_BECAUSE = { too_little_used: 40, moved: 22, service: 18, other: 20 };
export const LEAVING_BECAUSE_OF_FEE = { fee: 80, too_little_used: 14, other: 6 };

/** In March 2025 another carrier took over the north. Days from order to door, and what follows from them. */
export const CARRIER_CHANGE = monthNamed('2025-03');
export const DELIVERY_DAYS = { usual: [1, 4], late: [4, 11] };
export const SURVEY_ANSWERS = 0.2;
export const NPS_LEVEL = { usual: 46, late: -18, club: 58 };
export const SATISFIED = { usual: 0.88, late: 0.46 };
/** Issues per order, and contacts that one issue takes. */
export const ISSUES = { usual: 0.1, late: 0.3 };
export const CONTACTS_PER_ISSUE = { usual: { 1: 72, 2: 20, 3: 8 }, late: { 1: 28, 2: 38, 3: 22, 4: 12 } };
export const RESOLVED = { usual: 0.95, late: 0.84 };
export const TOPICS = { delivery: 34, product: 32, payment: 20, club: 14 };
export const TOPICS_WHEN_LATE = { delivery: 88, product: 6, payment: 4, club: 2 };

/** Reviews per line, and the share of them that somebody answers. Since February 2025 it is one person's task. */
export const REVIEWS = 0.075;
export const ANSWERING = monthNamed('2025-02');
export const REVIEWS_ANSWERED = { before: 0.16, after: 0.82 };

/** Visits to the site that were recorded, by month, and how many go on from step to step. */
export const VISITS = 4400;
export const RETURNING_VISITOR = 0.32;
export const ON_PHONE = 0.62;
export const GOES_ON = {
  phone: { basket: 0.34, checkout: 0.62, pay: 0.66 },
  desktop: { basket: 0.38, checkout: 0.7, pay: 0.78 },
};
/** On 12 May 2025 a new page for payment came, whose button lies under the keyboard of small phones. */
export const NEW_PAY_PAGE = '2025-05-12';
export const PAYS_ON_PHONE_AFTER = 0.26;

/** Pounds a month. Advertisements are paid for as long as they run. */
export const SPEND = { search: 420, newsletter: 150, market_stall: 260, friend: 90 };
export const ADS_SPEND = 2400;
