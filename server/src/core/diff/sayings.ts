import { parseDuration } from '../base/duration.ts';
import type { Span } from '../base/span.ts';
import { conjuncts } from '../check/likeness.ts';
import { parsedExpression } from '../check/parsed.ts';
import { isAbsent } from '../model/words.ts';
import type { MapNode, ScalarNode, YamlNode } from '../syntax/yaml/tree.ts';
import { conditionMeanings } from './expression-meaning.ts';
import {
  CONDITIONS,
  DURATIONS,
  EXPRESSIONS,
  LISTS,
  NAMED_PARTS,
  NUMBERS,
  PROSE,
  SETS,
  WHOLES,
} from './keys.ts';

/** One thing that a definition says. */
export interface Saying {
  /** The keys that lead to it from the definition. Of a condition or an item of a set, what it says is the last of them. */
  readonly path: readonly string[];
  /** Equal for two sayings that say the same, however they are written. */
  readonly meaning: string;
  /** As it is written, on one line. */
  readonly text: string;
  readonly span: Span;
  /** It stands elsewhere than in the definition, which says nothing of it: in the settings, or in what it rests on. */
  readonly inherited?: true;
}

/** Sayings by their path. */
export type Sayings = Map<string, Saying>;

/** How names and expressions are written for the comparison, with those that were renamed under their new names. */
export interface Spelling {
  /** What a scalar, be it a key or a value, says: the name of a definition under its new name. */
  word(node: ScalarNode): string;
  /** The text of an expression, with the names in it as they are now. */
  expression(node: ScalarNode, key: string): string;
}

/** The key of a path. */
export function pathKey(path: readonly string[]): string {
  return path.join('\u0000');
}

/** Adds all that a map says to some sayings. Of duplicate keys the first counts; what is empty says nothing. */
export function addSayings(into: Sayings, map: MapNode, path: readonly string[], spelling: Spelling): void {
  const walker = new Walker(into, spelling);
  walker.map(map, path);
}

/** Adds one saying, unless there is one of that path. */
export function addSaying(into: Sayings, saying: Saying): void {
  const key = pathKey(saying.path);
  if (!into.has(key)) into.set(key, saying);
}

class Walker {
  readonly #into: Sayings;
  readonly #spelling: Spelling;

  constructor(into: Sayings, spelling: Spelling) {
    this.#into = into;
    this.#spelling = spelling;
  }

  map(map: MapNode, path: readonly string[]): void {
    const seen = new Set<string>();
    for (const { key, value } of map.entries) {
      if (seen.has(key.text)) continue;
      seen.add(key.text);
      const own = isReuse(path, key.text) ? path : [...path, this.#spelling.word(key)];
      this.#value(value, own, holdsNames(path) ? '' : key.text);
    }
  }

  #value(node: YamlNode, path: readonly string[], key: string): void {
    if (node.kind === 'scalar' && isAbsent(node)) return;
    if (WHOLES.has(key)) this.#add(path, this.#whole(node), node, '');
    else if (CONDITIONS.has(key)) this.#conditions(node, path);
    else if (SETS.has(key) || isSet(key, path, node)) this.#set(node, path, key);
    else if (node.kind === 'map') this.map(node, path);
    else if (node.kind === 'seq') this.#list(node.items, path, key);
    else if (LISTS.has(key)) this.#list([node], path, key);
    else this.#add(path, this.#scalar(node, path, key), node);
  }

  /** The order of a list of words says something; a list of maps is read item by item. */
  #list(items: readonly YamlNode[], path: readonly string[], key: string): void {
    if (items.every((item) => item.kind === 'scalar')) {
      const scalars = items.filter((item) => item.kind === 'scalar');
      const [first, last] = [scalars[0], scalars.at(-1)];
      if (first === undefined || last === undefined) return;
      const meaning = scalars.map((item) => this.#scalar(item, path, key));
      const span = { start: first.span.start, end: last.span.end };
      addSaying(this.#into, {
        path,
        meaning: JSON.stringify(meaning),
        text: oneLine(scalars.map(({ text }) => text).join(', ')),
        span,
      });
      return;
    }
    items.forEach((item, index) => {
      this.#value(item, [...path, String(index + 1)], '');
    });
  }

  #set(node: YamlNode, path: readonly string[], key: string): void {
    for (const item of node.kind === 'seq' ? node.items : [node]) {
      if (item.kind === 'map') {
        // A use of a segment by one of several ways.
        const [segment, via] = [item.get('segment')?.value, item.get('via')?.value];
        if (segment?.kind !== 'scalar') continue;
        const way = via?.kind === 'scalar' ? via.text : '';
        this.#add([...path, this.#spelling.word(segment)], way, item, segment.text);
      } else if (item.kind === 'scalar' && !isAbsent(item)) {
        this.#add([...path, this.#scalar(item, path, key)], '', item);
      }
    }
  }

  #conditions(node: YamlNode, path: readonly string[]): void {
    for (const item of node.kind === 'seq' ? node.items : [node]) {
      if (item.kind !== 'scalar' || isAbsent(item)) continue;
      const { expression, issues } = parsedExpression({ text: item.text, node: item, role: 'where' });
      if (issues.length > 0) {
        this.#add([...path, item.text], '', item);
        continue;
      }
      const meanings = conditionMeanings(item.text, expression);
      for (const [index, part] of conjuncts(expression).entries()) {
        const { start, end } = part.span;
        const span = { start: item.offsetAt(start), end: item.offsetAt(Math.max(start, end - 1)) + 1 };
        const text = oneLine(item.text.slice(start, end));
        addSaying(this.#into, { path: [...path, meanings[index] ?? text], meaning: '', text, span });
      }
    }
  }

  #scalar(node: ScalarNode, path: readonly string[], key: string): string {
    if (isExpression(key, path)) return this.#spelling.expression(node, key);
    if (NUMBERS.has(key) || isNumberIn(path)) return numberText(node.text);
    if (DURATIONS.has(key)) {
      const duration = parseDuration(node.text.trim());
      if (duration !== undefined) return `${duration.count} ${duration.unit}`;
    }
    return PROSE.has(key) ? oneLine(node.text) : this.#spelling.word(node);
  }

  /** Everything in a node as one text. */
  #whole(node: YamlNode): string {
    if (node.kind === 'scalar') return isAbsent(node) ? '' : oneLine(this.#spelling.word(node));
    if (node.kind === 'seq') return `[${node.items.map((item) => this.#whole(item)).join('; ')}]`;
    const entries = node.entries
      .filter(({ value }) => !(value.kind === 'scalar' && value.style === 'missing'))
      .map(({ key, value }) => {
        const isNumber = value.kind === 'scalar' && NUMBERS_IN_WHOLES.has(key.text);
        return `${this.#spelling.word(key)}: ${isNumber ? numberText(value.text) : this.#whole(value)}`;
      });
    return `{${entries.sort().join('; ')}}`;
  }

  #add(path: readonly string[], meaning: string, node: YamlNode, text = textOf(node)): void {
    addSaying(this.#into, { path, meaning, text: oneLine(text), span: node.span });
  }
}

/** Whether the keys of a map are names that people gave, which may be those of keys: a column may be called `where`. */
function holdsNames(path: readonly string[]): boolean {
  return (path.length === 1 && NAMED.has(path[0] ?? '')) || (path.length === 2 && path[0] === 'union');
}

/** A side of a ratio is a metric, be it named alone or with conditions of its own. */
function isReuse(path: readonly string[], key: string): boolean {
  return key === 'metric' && path.length === 1 && (path[0] === 'numerator' || path[0] === 'denominator');
}

const NAMED: ReadonlySet<string> = new Set([...NAMED_PARTS, 'groups', 'by']);

/** What an example expects, and what a benchmark is. */
const NUMBERS_IN_WHOLES: ReadonlySet<string> = new Set(['expect', 'value']);

function isExpression(key: string, path: readonly string[]): boolean {
  const holder = path.at(-2);
  if (path.length === 2 && (holder === 'groups' || holder === 'by')) return true;
  if (path.length === 3 && path[0] === 'union') return true;
  return EXPRESSIONS.has(key) && holder !== 'one_per' && holder !== 'baseline';
}

function isNumberIn(path: readonly string[]): boolean {
  return path.at(-2) === 'baseline' && path.at(-1) === 'value';
}

/** The values whose combinations are counted: in whatever order they make the same combinations. */
function isSet(key: string, path: readonly string[], node: YamlNode): boolean {
  return key === 'value' && path.length === 1 && node.kind === 'seq';
}

/** `42%` and `0.42` are one number. */
function numberText(text: string): string {
  const match = /^([-+]?[\d.]+)\s*(%?)$/.exec(text.trim());
  if (match === null) return text;
  const value = Number(match[1]) / (match[2] === '%' ? 100 : 1);
  return Number.isFinite(value) ? String(Number(value.toPrecision(12))) : text;
}

function textOf(node: YamlNode): string {
  return node.kind === 'scalar' ? node.text : '';
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
