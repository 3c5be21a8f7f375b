import { type Problem, type ProblemKind, problemOf } from '../base/problem.ts';
import type { Kinds, ReadHook } from '../model/kind.ts';
import type { MetricsFile } from '../model/project.ts';
import { readFile } from '../model/read-file.ts';
import { syntaxProblems } from '../syntax/problems.ts';
import type { TextUnit, TextUnits } from '../syntax/units/text-units.ts';
import { parseYaml } from '../syntax/yaml/parse.ts';
import type { YamlTree } from '../syntax/yaml/tree.ts';

/** A unit of a file with what it says. */
export interface ReadUnit {
  readonly file: MetricsFile;
  readonly tree: YamlTree;
  /** What is no YAML in it. */
  readonly issues: readonly Problem[];
}

/** Units are read once for each set of kinds, and forgotten with the texts that they belong to. */
const read = new WeakMap<Kinds<ReadHook<unknown>>, WeakMap<TextUnit, ReadUnit>>();

/** Parses a unit and reads its definitions, once: whoever asks again for a unit that has not changed gets the same objects. */
export function readUnit(unit: TextUnit, kinds: Kinds<ReadHook<unknown>>): ReadUnit {
  const known = read.get(kinds) ?? new WeakMap<TextUnit, ReadUnit>();
  read.set(kinds, known);
  const before = known.get(unit);
  if (before !== undefined) return before;
  const tree = parseYaml(unit.text);
  const file = readFile(unit.id, unit.text, tree, kinds);
  const made = { file, tree, issues: issuesOf(unit.id, tree) };
  known.set(unit, made);
  return made;
}

/** What the units of a text say, one behind the other. */
export interface ReadText {
  readonly files: readonly MetricsFile[];
  readonly issues: readonly Problem[];
}

/** Texts are gone through once for each set of kinds. */
const gone = new WeakMap<Kinds<ReadHook<unknown>>, WeakMap<TextUnits, ReadText>>();

/** Reads the units of a text, once as `readUnit` does. */
export function readText(text: TextUnits, kinds: Kinds<ReadHook<unknown>>): ReadText {
  const known = gone.get(kinds) ?? new WeakMap<TextUnits, ReadText>();
  gone.set(kinds, known);
  const before = known.get(text);
  if (before !== undefined) return before;
  const units = text.units.map((unit) => readUnit(unit, kinds));
  const made = { files: units.map(({ file }) => file), issues: units.flatMap(({ issues }) => issues) };
  known.set(text, made);
  return made;
}

/** What the YAML parser complained about, as problems of a file. */
export function issuesOf(file: string, { issues }: Pick<YamlTree, 'issues'>): readonly Problem[] {
  return issues.map(({ code, span, message, related }) => {
    const kind = SYNTAX_KINDS.get(code) ?? {
      id: code,
      severity: 'error',
      summary: message,
      documentation: message,
    };
    const more = related === undefined ? {} : { related: related.map((place) => ({ ...place, file })) };
    return problemOf(kind, { file, span }, message, more);
  });
}

const SYNTAX_KINDS: ReadonlyMap<string, ProblemKind> = new Map(syntaxProblems.map((kind) => [kind.id, kind]));
