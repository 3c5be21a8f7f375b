import type { YamlNode } from '../syntax/yaml/tree.ts';
import type { NumberWord } from './project.ts';
import { valueAt, wordOf } from './words.ts';

const NUMBER = /^([+-]?)(\d+(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d{1,3}))?(\s*%)?$/;

/**
 * A number as the format writes it: `50`, `-3.5`, `1e3`, `42%`. Percentages are stored as fractions (`42%` is
 * 0.42), and decimals are those written (`33.33` has two, `42%` none, `42.5%` one). `undefined` for anything
 * else, hexadecimal and infinity included.
 */
export function numberOf(node: YamlNode | undefined): NumberWord | undefined {
  const word = wordOf(node);
  const match = word === undefined ? null : NUMBER.exec(word.text.trim());
  if (word === undefined || match === null) return undefined;
  const [, sign = '', digits = '', behindPoint, bareFraction, power = '0', percentSign] = match;
  const percent = percentSign !== undefined;
  const exponent = Number(power);
  // The text is read once, with the percentage in its exponent, so that 48.1% is the double nearest to 0.481.
  const value = Number(`${sign}${digits}e${exponent - (percent ? 2 : 0)}`);
  if (!Number.isFinite(value)) return undefined;
  const decimals = Math.max(0, (behindPoint ?? bareFraction ?? '').length - exponent);
  return { ...word, value, percent, decimals };
}

/** The number under a key. */
export function numberAt(node: YamlNode | undefined, key: string): NumberWord | undefined {
  return numberOf(valueAt(node, key));
}
