/** How the values of a metric are written for people. */
export interface ValueFormat {
  /** `percent | ratio | points | count | currency | number`, or a word such as `hours`. */
  readonly unit: string;
  /** Digits behind the decimal point, always that many; absent: up to two, as needed. */
  readonly decimals?: number | undefined;
  /** ISO 4217 code for the unit `currency`; without one (or with a wrong one) the plain number is written. */
  readonly currency?: string | undefined;
  /** Only ASCII characters: `EUR 12.00` for `€12.00`. */
  readonly ascii?: boolean | undefined;
}

/** What stands for a value that is not there. */
export const NO_DATA = 'no data';

/**
 * A value in its unit: `42.0 %` for the fraction 0.42, `€1,200.00`, `3.5 hours`, `1,234`; `no data` for null. Numbers are
 * written as in English, with commas between thousands.
 */
export function formatValue(value: number | null, format: ValueFormat): string {
  if (value === null) return NO_DATA;
  const number = bareNumber(value, format);
  switch (format.unit) {
    case 'percent':
      return `${number} %`;
    case 'currency':
      return inCurrency(value, format) ?? number;
    case 'ratio':
    case 'points':
    case 'count':
    case 'number':
      return number;
    default:
      return `${number} ${format.unit}`;
  }
}

/** The number of a value alone, without its unit; percentages are multiplied by 100. `no data` for null. */
export function formatNumber(value: number | null, format: ValueFormat): string {
  return value === null ? NO_DATA : bareNumber(value, format);
}

/**
 * The two bounds of a band with what stands between them: `25.0–45.0 %`, `2 to 4 hours`, `£60.00–£90.00`. A unit behind the numbers is
 * written once; a currency belongs to each number.
 */
export function formatBand(low: number, high: number, between: string, format: ValueFormat): string {
  const first = format.unit === 'currency' ? formatValue(low, format) : formatNumber(low, format);
  return `${first}${between}${formatValue(high, format)}`;
}

/**
 * The size of a difference of two values, without its sign: `1.2`, `€30.00`. A difference of percentages is in percentage
 * points (`1.2 pp`), since `1.2 %` would be read as relative; a unit that is a word is left to the value beside it.
 */
export function formatDifference(change: number, format: ValueFormat): string {
  const size = Math.abs(change);
  if (format.unit === 'percent') return `${bareNumber(size, format)} pp`;
  return format.unit === 'currency' ? formatValue(size, format) : bareNumber(size, format);
}

function bareNumber(value: number, format: ValueFormat): string {
  const shown = format.unit === 'percent' ? value * 100 : value;
  return withoutNegativeZero(numberFormat(digitsOf(format)).format(shown));
}

function inCurrency(value: number, format: ValueFormat): string | undefined {
  const { currency } = format;
  // `Intl` throws on anything but three letters, and knows a symbol for those that are in use.
  if (currency === undefined || !/^[A-Za-z]{3}$/.test(currency)) return undefined;
  const currencyDisplay = format.ascii === true ? 'code' : 'symbol';
  const numbers = numberFormat({ style: 'currency', currency, currencyDisplay, ...digitsOf(format) });
  // Some currencies are set apart by a no-break space, which a terminal that is not UTF-8 cannot show.
  return withoutNegativeZero(numbers.format(value).replaceAll('\u00a0', ' '));
}

/** By their options: making one takes far longer than using it, and there are only a few. */
const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.NumberFormat('en', options);
  formats.set(key, format);
  return format;
}

/** `Intl` accepts at most 100 digits; more than 20 mean nothing in a double. */
function digitsOf({ decimals }: ValueFormat): Intl.NumberFormatOptions {
  if (decimals === undefined) return { minimumFractionDigits: 0, maximumFractionDigits: 2 };
  const digits = Math.max(0, Math.min(20, Math.trunc(decimals)));
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}

/** A small negative number that rounds to zero is zero: `-0.0` would be read as a loss. */
function withoutNegativeZero(text: string): string {
  return /[1-9]/.test(text) ? text : text.replace('-', '');
}
