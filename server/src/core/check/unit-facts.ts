import { hashOf } from '../base/hash.ts';
import type { AnyDefinition, MetricsFile, Project } from '../model/project.ts';
import type { YamlNode } from '../syntax/yaml/tree.ts';
import { BESIDE_KEYS } from './beside-keys.ts';
import type { CheckedKind } from './checked.ts';
import { keysIn } from './damage.ts';
import { metricBook } from './metrics.ts';
import { nameUses } from './names.ts';
import { type Sayings, sayingsOf } from './surroundings.ts';

/** What a file, or a unit of one, says and needs, as far as others depend on it. */
export interface UnitFacts {
  /** Keys (`metric nps`) of the definitions in it. */
  readonly defines: readonly string[];
  /** Keys of everything that it names, whether that exists or not. */
  readonly mentions: readonly string[];
  /** Equal for two texts that mean the same to definitions that name one of its own, and so give the same values. */
  readonly meaning: string;
  /** Equal for two texts with the same examples. */
  readonly examples: string;
  /** The times by which metrics in it put rows of a source into periods; a source's default `as_of` is the latest of them. */
  readonly times: readonly string[];
  /** What its definitions name of others, and its metrics. */
  readonly sayings: Sayings;
  /** Everything that is written like a key: where its YAML is broken, a definition of that name may have been lost. */
  readonly written: readonly string[];
}

/** The key of a definition, or of a name of one. */
export function keyOf(kind: string, name: string): string {
  return `${kind} ${name}`;
}

const facts = new WeakMap<MetricsFile, UnitFacts>();

/** The facts of a file, found once. */
export function factsOf(
  file: MetricsFile,
  project: Project,
  kinds: ReadonlyMap<string, CheckedKind>,
): UnitFacts {
  const known = facts.get(file);
  if (known !== undefined) return known;
  const alone: Project = { ...project, files: [file], metrics: new Map() };
  const mentions = new Set<string>();
  const uses = metricBook(alone, kinds).all;
  for (const { word, namespace, length } of nameUses(alone, uses)) {
    mentions.add(keyOf(namespace, word.text.slice(0, length)));
  }
  const made = {
    defines: file.definitions.map(({ definition, name }) => keyOf(definition, name)),
    mentions: [...mentions],
    meaning: hashOf(
      JSON.stringify([
        file.version?.text,
        ...ignoresIn(file),
        ...cuttingComments(file),
        ...file.definitions.map(meaningOf),
      ]),
    ),
    examples: hashOf(JSON.stringify(file.definitions.map(examplesOf))),
    times: file.definitions.flatMap(timesOf),
    sayings: sayingsOf([file], uses),
    get written() {
      return keysIn(file);
    },
  };
  facts.set(file, made);
  return made;
}

/** Keys that say nothing to other definitions. */
const BESIDE: ReadonlySet<string> = new Set([...BESIDE_KEYS, 'persona', 'if_missed']);

function meaningOf(definition: AnyDefinition): unknown {
  const { node, name } = definition;
  const entries = (node?.entries ?? []).filter(({ key }) => !BESIDE.has(key.text));
  const written = entries.map(({ key, value }) => [key.text, writtenIn(value)]);
  const inherited =
    definition.definition === 'metric' ? [definition.source?.text, definition.grain?.text] : [];
  return [definition.definition, name, node === undefined, ...written, ...inherited];
}

/** Comments that silence rules decide what keeps a definition from being evaluated. */
function ignoresIn({ comments }: MetricsFile): readonly string[] {
  return comments.flatMap(({ text }) => (text.includes('plumbline-ignore') ? [text] : []));
}

/** Comments behind a quote that is still open: where they cut an expression short, that is what is said of it. */
function cuttingComments({ text, comments }: MetricsFile): readonly string[] {
  return comments.flatMap(({ span }) => {
    const before = text.slice(text.lastIndexOf('\n', span.start) + 1, span.start);
    const isOpen = QUOTES.some((quote) => before.split(quote).length % 2 === 0);
    return isOpen ? [before, text.slice(span.start, span.end)] : [];
  });
}

const QUOTES = ["'", '"'];

function examplesOf({ node }: AnyDefinition): unknown {
  const examples = node?.get('examples')?.value;
  return examples === undefined ? null : writtenIn(examples);
}

function timesOf(definition: AnyDefinition): readonly string[] {
  if (definition.definition !== 'metric') return [];
  // Inline metrics may set a time of their own: the definition as a whole stands for what is in it.
  const { source, time, node } = definition;
  const written = node === undefined ? '' : JSON.stringify(writtenIn(node));
  return time === undefined && !written.includes('["time",')
    ? []
    : [`${source?.text} ${time?.text} ${written}`];
}

/** Values as they are written: `00004` and `4` are one number to YAML, and two texts to us; `null` says nothing, and `'null'` does. */
function writtenIn(node: YamlNode): unknown {
  if (node.kind === 'scalar') {
    if (node.style === 'missing') return null;
    return node.style === 'plain' ? node.text : { quoted: node.text };
  }
  if (node.kind === 'seq') return node.items.map(writtenIn);
  return { entries: node.entries.map(({ key, value }) => [key.text, writtenIn(value)]) };
}
