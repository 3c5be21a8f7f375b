import { parseDay, parsePeriod } from '../base/period.ts';
import type { ScalarNode, YamlNode } from '../syntax/yaml/tree.ts';
import type { Path } from './applicable.ts';
import { appliedAt, type Finding, quoted, type SchemaContext, subjectOf } from './locate.ts';
import { wrongValue } from './problems.ts';

/**
 * Scalars that the schema takes but that mean nothing, since it sees patterns and numbers and not what they stand for:
 * days and weeks that the calendar does not have, and numbers in a spelling that only YAML reads (`0x1F`, `2.0` for a
 * whole number). Values of the metrics format are read from the text as written.
 */
export function misreadScalars(context: SchemaContext): Finding[] {
  const findings: Finding[] = [];
  const suspects: Suspect[] = [];
  collectSuspects(context.root, [], suspects);
  for (const { node, path } of suspects) {
    const message = isNumber(node)
      ? numberMessage(context, path, node)
      : calendarMessage(context, path, node);
    if (message !== undefined) findings.push({ kind: wrongValue, path, spot: node, message });
  }
  return findings;
}

interface Suspect {
  readonly node: ScalarNode;
  readonly path: Path;
}

/** The few scalars that are worth asking the schema about. */
function collectSuspects(node: YamlNode, path: Path, suspects: Suspect[]): void {
  if (node.kind === 'seq') {
    for (const [index, item] of node.items.entries()) collectSuspects(item, [...path, index], suspects);
  } else if (node.kind === 'map') {
    for (const { key, value } of node.entries) collectSuspects(value, [...path, key.text], suspects);
  } else if (isNumber(node) ? node.text !== String(node.value) : LATE_DAY_OR_WEEK.test(node.text)) {
    suspects.push({ node, path });
  }
}

/** Every month has a day 28 and every year a week 52. */
const LATE_DAY_OR_WEEK = /^\d{4}-(\d{2}-(29|3\d)|W53)$/;
const DECIMAL = /^[-+]?(\d+[.]?\d*|[.]\d+)(e[-+]?\d{1,3})?$/i;
const WHOLE = /^-?\d+$/;

function isNumber(node: ScalarNode): boolean {
  return typeof node.value === 'number' || typeof node.value === 'bigint';
}

function numberMessage(context: SchemaContext, path: Path, node: ScalarNode): string | undefined {
  const types = appliedAt(context, path).flatMap(({ schema }) => schema.type ?? []);
  const isWhole = types.includes('integer') && !types.includes('string');
  const isPlain = types.includes('number') && !types.includes('boolean');
  if (isWhole && !WHOLE.test(node.text)) {
    return `${subjectOf(path)} must be a whole number in plain digits, not ${quoted(node.text)}.`;
  }
  if (!isPlain || DECIMAL.test(node.text)) return undefined;
  return `${subjectOf(path)} must be a number in plain digits, not ${quoted(node.text)}.`;
}

function calendarMessage(context: SchemaContext, path: Path, node: ScalarNode): string | undefined {
  if (parseDay(node.text) !== undefined || parsePeriod(node.text) !== undefined) return undefined;
  if (!appliedAt(context, path).some(({ name }) => name === 'date' || name === 'period')) return undefined;
  const what = node.text.includes('W') ? 'week' : 'day';
  return `${subjectOf(path)} must be a ${what} of the calendar, and there is no ${quoted(node.text)}.`;
}
