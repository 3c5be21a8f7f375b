import type { Words } from '../ide/prose/prose.ts';
import { type Difference, isCondition } from './compare-sayings.ts';
import { conditionWords } from './condition-words.ts';
import type { Subject } from './fact.ts';
import { SETS, WHOLES } from './keys.ts';

/** What a difference comes to, to be read behind the name of its subject: "now leaves out rows whose `plan` is `free`". */
export function differenceWords(kind: Subject['kind'], difference: Difference): Words {
  const { path, before, after } = difference;
  const [first = ''] = path;
  if (isCondition(path)) return conditionChange(difference);
  if (WHOLES.has(first)) return wholeChange(first, difference);
  if (first === 'groups') return groupChange(difference);
  const named = PARTS.get(first);
  if (named !== undefined && path.length === 2) return partChange(named, difference);
  if (isItem(path)) return itemChange(difference);
  const own = kind === 'metric' ? metricChange(first, difference) : undefined;
  if (own !== undefined && path.length === 1) return own;
  const key = { code: keyText(path) };
  if (before === undefined) return valued(['now has ', key], after?.text);
  if (after === undefined) return ['no longer has ', key, ...was(before.text)];
  if (isLong(before.text) || isLong(after.text)) return ['has another ', key];
  return [key, ' is now ', { code: after.text }, ...was(before.text)];
}

/** Keys that hold named parts, with what one of them is called. */
const PARTS: ReadonlyMap<string, string> = new Map([
  ['columns', 'the declaration of the column'],
  ['links', 'the link'],
  ['stages', 'the stage'],
  ['parts', 'the part'],
  ['union', 'the rows of'],
  ['steps', 'the step'],
  ['by', 'groups for the source'],
]);

function keyText(path: readonly string[]): string {
  return path.join('.');
}

function was(text: string | undefined): Words {
  return text === undefined || text === '' ? [] : [' (was ', { code: text }, ')'];
}

function valued(words: Words, text: string | undefined): Words {
  return text === undefined || text === '' || isLong(text) ? words : [...words, ': ', { code: text }];
}

/** Prose is not repeated in a comparison. */
function isLong(text: string): boolean {
  return text.length > 120;
}

function conditionChange({ path, before, after }: Difference): Words {
  const of: Words = path.length > 2 ? ['in ', { code: keyText(path.slice(0, -2)) }, ', '] : [];
  if (before !== undefined && after !== undefined) {
    const { verb, rows } = conditionWords(after.text);
    return [...of, `now ${verb} `, ...rows, ...was(before.text)];
  }
  const { verb, rows } = conditionWords(after?.text ?? before?.text ?? '');
  return after === undefined
    ? [...of, 'no longer ', verb, ' ', ...rows]
    : [...of, 'now ', verb, ' ', ...rows];
}

function wholeChange(key: string, { before, after }: Difference): Words {
  const name = { code: key };
  if (before === undefined) return ['now has ', name];
  return after === undefined ? ['no longer has ', name] : ['has other ', name];
}

function groupChange({ path, before, after }: Difference): Words {
  const name = { code: path[1] ?? '' };
  if (before === undefined) return ['has the new group ', name, ': ', { code: after?.text ?? '' }];
  if (after === undefined) return ['no longer has the group ', name, ...was(before.text)];
  return ['group ', name, ' is now ', { code: after.text }, ...was(before.text)];
}

function partChange(named: string, { path, before, after, within }: Difference): Words {
  const part: Words = [`${named} `, { code: path[1] ?? '' }];
  if (before !== undefined && after !== undefined && within === undefined)
    return [...part, ' is now ', { code: after.text }, ...was(before.text)];
  return after === undefined ? ['no longer has ', ...part] : ['now has ', ...part];
}

/** One of several, in whatever order. */
function isItem(path: readonly string[]): boolean {
  return SETS.has(path.at(-2) ?? '') || (path.length === 2 && path[0] === 'value');
}

function itemChange({ path, before, after }: Difference): Words {
  const item = { code: path.at(-1) ?? '' };
  const key = { code: keyText(path.slice(0, -1)) };
  if (before === undefined) return ['now has ', item, ' among ', key];
  if (after === undefined) return ['no longer has ', item, ' among ', key];
  return ['reaches ', item, ' of ', key, ' by another way'];
}

function metricChange(key: string, { before, after }: Difference): Words | undefined {
  const [old, now] = [before?.text, after?.text];
  if (old === undefined || now === undefined) return undefined;
  switch (key) {
    case 'type':
      return ['is now of type ', { code: now }, ...was(old)];
    case 'better':
      return [now === 'neutral' ? 'no direction is better now' : `${now} is better now`, ...was(old)];
    case 'grain':
      return ['has one value a ', { code: now }, ' now', ...was(old)];
    case 'source':
      return ['now takes its rows from ', { code: now }, ...was(old)];
    case 'time':
      return ['now dates its rows by ', { code: now }, ...was(old)];
    default:
      return undefined;
  }
}
