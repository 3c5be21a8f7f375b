/** How dates and times are written in a file, as a strptime pattern, with how to read them here. */
export interface MomentFormat {
  readonly pattern: string;
  readonly hasTime: boolean;
  /** Milliseconds since 1970 in UTC of a text of this form; `undefined` for any other text, and for days that no calendar has. */
  read(text: string): number | undefined;
}

type Part = 'Y' | 'm' | 'd' | 'b' | 'B';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const LONG_MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const PARTS: Readonly<Record<Part, string>> = {
  Y: String.raw`(\d{4})`,
  m: String.raw`(\d{1,2})`,
  d: String.raw`(\d{1,2})`,
  b: '([A-Za-z]{3})',
  B: '([A-Za-z]{3,9})',
};

/** The days, those first that are meant where several would do: day before month, as most of the world writes it. */
const DAYS = [
  '%d/%m/%Y',
  '%m/%d/%Y',
  '%d.%m.%Y',
  '%d-%m-%Y',
  '%m-%d-%Y',
  '%Y/%m/%d',
  '%Y.%m.%d',
  '%d %b %Y',
  '%d-%b-%Y',
  '%d %B %Y',
  '%b %d, %Y',
  '%B %d, %Y',
];
const TIMES = ['', ' %H:%M', ' %H:%M:%S'];

/** ISO dates and timestamps, which need no pattern. */
export const ISO_DATE: MomentFormat = {
  pattern: '%Y-%m-%d',
  hasTime: false,
  read: (text) => {
    const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    return match === null ? undefined : dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
  },
};

export const ISO_TIMESTAMP: MomentFormat = {
  pattern: '%Y-%m-%d %H:%M:%S',
  hasTime: true,
  read: readIsoTimestamp,
};

/** Every other way to write a day, alone or with a time behind it, that is looked for. */
export const OTHER_FORMATS: readonly MomentFormat[] = TIMES.flatMap((time) =>
  DAYS.map((day) => formatOf(day, time)),
);

const TIMESTAMP =
  /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)? ?(?:(Z|UTC)|([+-])(\d{2})(?::?(\d{2}))?)?$/;

function readIsoTimestamp(text: string): number | undefined {
  const match = TIMESTAMP.exec(text);
  if (match === null) return undefined;
  const [, year, month, date, hour, minute, second = '0', , sign, hours = '0', minutes = '0'] = match;
  const day = dayOf(Number(year), Number(month), Number(date));
  const time = timeOf(Number(hour), Number(minute), Number(second));
  if (day === undefined || time === undefined) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return day + time - (sign === '-' ? -offset : offset);
}

function formatOf(day: string, time: string): MomentFormat {
  const order: Part[] = [];
  const source = day.replaceAll(/%([YmdbB])|[.]/g, (found, part: Part | undefined) => {
    if (part === undefined) return `\\${found}`;
    order.push(part);
    return PARTS[part];
  });
  const clock = time.replace('%H', String.raw`(\d{1,2})`).replaceAll(/%[MS]/g, String.raw`(\d{2})`);
  const regex = new RegExp(`^${source}${clock}$`);
  return {
    pattern: day + time,
    hasTime: time !== '',
    read(text) {
      const match = regex.exec(text);
      if (match === null) return undefined;
      const numbers = new Map(order.map((part, index) => [part, numberOf(part, match[index + 1] ?? '')]));
      const month = numbers.get('m') ?? numbers.get('b') ?? numbers.get('B') ?? 0;
      const start = dayOf(numbers.get('Y') ?? 0, month, numbers.get('d') ?? 0);
      const [hour = '0', minute = '0', second = '0'] = match.slice(order.length + 1);
      const clockTime = timeOf(Number(hour), Number(minute), Number(second));
      return start === undefined || clockTime === undefined ? undefined : start + clockTime;
    },
  };
}

function numberOf(part: Part, text: string): number {
  if (part === 'b') return MONTHS.indexOf(text.toLowerCase()) + 1;
  if (part === 'B') return LONG_MONTHS.indexOf(text.toLowerCase()) + 1;
  return Number(text);
}

function dayOf(year: number, month: number, date: number): number | undefined {
  const day = Date.UTC(year, month - 1, date);
  const read = new Date(day);
  const exists = read.getUTCFullYear() === year && read.getUTCMonth() === month - 1;
  return exists && read.getUTCDate() === date ? day : undefined;
}

function timeOf(hour: number, minute: number, second: number): number | undefined {
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}
