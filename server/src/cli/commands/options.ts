import { InvalidArgumentError, Option } from 'commander';

/** What every command takes for its text output. */
export interface TextOptions {
  readonly color: boolean;
  readonly ascii?: boolean;
}

/** `--no-color`: colours are used on a terminal only, and never where `NO_COLOR` is set. */
export function noColorOption(): Option {
  return new Option('--no-color', 'never use colours (also: NO_COLOR=1)');
}

/** `--ascii` */
export function asciiOption(): Option {
  return new Option('--ascii', 'use plain characters only, for terminals that are not UTF-8').default(
    false,
    '',
  );
}

/** `--format`, one of several. */
export function formatOption(formats: readonly string[]): Option {
  return new Option('--format <format>', 'how to print the result').choices(formats).default(formats[0]);
}

/** Reads a whole number that is not negative. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It has to be a whole number.');
  return Number(text);
}

/** Reads a number above 0. */
export function positiveNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || number <= 0 || number > 1e6) {
    throw new InvalidArgumentError('It has to be a number above 0.');
  }
  return number;
}
