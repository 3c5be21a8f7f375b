import { createJsonRows, JsonFault } from '../syntax/json-rows.ts';
import type { Head } from './read-head.ts';

/** More keys are no columns: an object is used as a map, from ids to values. */
const MAX_COLUMNS = 2_000;

/**
 * The keys of the objects at the beginning of a JSON text, in the order in which they first come, or why there are none, in words for
 * users.
 */
export function jsonColumns(
  { text, isWhole }: Head,
  name: string,
): { readonly headers: readonly string[] } | { readonly problem: string } {
  const keys = new Set<string>();
  let rows = 0;
  let nestedList: string | undefined;
  try {
    for (const { cells } of createJsonRows().push(text, isWhole)) {
      rows += 1;
      for (const [key, { isNested, text: written }] of cells) {
        keys.add(key);
        if (isNested && /^\[\s*\{/.test(written ?? '')) nestedList ??= key;
      }
    }
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return { problem: jsonProblem(name, error) };
  }
  if (isWhole && rows === 1 && nestedList !== undefined && text.trimStart().startsWith('{'))
    return {
      problem: `"${name}" holds one object, not a list of rows. Save its list "${nestedList}" as a file of its own.`,
    };
  if (keys.size > MAX_COLUMNS)
    return {
      problem: `The objects of "${name}" have more than ${MAX_COLUMNS} different keys. Write them as rows.`,
    };
  if (keys.size > 0) return { headers: [...keys] };
  return {
    problem: isWhole
      ? `The file "${name}" is empty. It must hold a list of objects, or one object in each line.`
      : `The first object of "${name}" does not end within 1 MB, so it cannot name the columns.`,
  };
}

/** What is wrong with a JSON file, with its line. */
export function jsonProblem(name: string, { message, line }: JsonFault): string {
  return `"${name}" is not valid JSON (line ${line}): ${message.charAt(0).toLowerCase()}${message.slice(1)}.`;
}
