import { GRAINS, parseDay } from '../base/period.ts';
import type { YamlNode } from '../syntax/yaml/tree.ts';
import { numberAt } from './number-word.ts';
import type { Settings } from './project.ts';
import { isTimezone } from './timezone.ts';
import { choiceAt, mapOf, textAt, valueAt, wordAt, wordsAt } from './words.ts';

/** The files of a project where its settings name none. */
export const DEFAULT_FILES: readonly string[] = ['**/*.metrics.yaml', '**/*.metrics.yml'];

/**
 * Reads `plumbline.yaml` and fills in the defaults. Whatever is missing or malformed counts as not set, so that a
 * half-typed file leaves a usable project; `settingsProblems` says which values were passed over.
 *
 * @param path absolute path of the file; `undefined` where the folder has none
 */
export function readSettings(path: string | undefined, root: YamlNode | undefined): Settings {
  const timezone = textAt(root, 'timezone');
  const asOf = textAt(root, 'as_of');
  const files = wordsAt(root, 'files').map((word) => word.text);
  return {
    path,
    root,
    version: wordAt(root, 'plumbline'),
    name: textAt(root, 'name'),
    timezone: timezone !== undefined && isTimezone(timezone) ? timezone : 'UTC',
    currency: textAt(root, 'currency'),
    asOf: asOf !== undefined && parseDay(asOf) !== undefined ? asOf : undefined,
    grain: choiceAt(root, 'grain', GRAINS) ?? 'month',
    files: files.length > 0 ? files : DEFAULT_FILES,
    rules: readRules(valueAt(root, 'rules')),
    policy: { noteAbove: shareAt(valueAt(root, 'policy'), 'note_above') },
  };
}

/** A share that is written as a percentage: `5%` is 0.05. */
function shareAt(node: YamlNode | undefined, key: string): number | undefined {
  const number = numberAt(node, key);
  return number?.percent === true && number.value >= 0 ? number.value : undefined;
}

function readRules(node: YamlNode | undefined): Settings['rules'] {
  const rules = new Map<string, 'error' | 'warning' | 'info' | 'off'>();
  for (const { key } of mapOf(node)?.entries ?? []) {
    const severity = choiceAt(node, key.text, ['error', 'warning', 'info', 'off']);
    if (severity !== undefined) rules.set(key.text, severity);
  }
  return rules;
}
