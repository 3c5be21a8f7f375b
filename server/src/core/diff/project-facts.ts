import type { Place } from '../base/span.ts';
import type { AnyDefinition, DefinitionKind } from '../model/project.ts';
import { placeIn } from '../workspace.ts';
import { classOf, classOfGain, classOfLoss } from './class-of.ts';
import { compareSayings, type Difference } from './compare-sayings.ts';
import { sayingsIn } from './definition-sayings.ts';
import { definitionsOf } from './definitions-of.ts';
import { differenceWords } from './difference-words.ts';
import { type ChangeClass, type Fact, graver, type Subject } from './fact.ts';
import { findRenames } from './find-renames.ts';
import { NO_RENAMES, type Renames } from './renames.ts';
import type { Saying } from './sayings.ts';
import { settingsSayings } from './settings-sayings.ts';
import type { DiffSide } from './side.ts';

/** All in which two versions of a project differ by meaning. */
export interface ProjectFacts {
  /** Settings first, then sources, segments, metrics, targets and journeys, each in the order of their files. */
  readonly facts: readonly Fact[];
  readonly renames: Renames;
}

const KINDS: readonly DefinitionKind[] = ['source', 'segment', 'metric', 'target', 'journey'];

/**
 * Compares two versions of a project. Spelling is no change: white space, quotes, the order of keys, the place of a definition, `!=` for
 * `<>`, a list for `and`, a default that is written out. What cannot be read is compared as far as it is.
 */
export function projectFacts(before: DiffSide, after: DiffSide): ProjectFacts {
  const { renames, found } = findRenames(before, after);
  const pairs = new Map<AnyDefinition, AnyDefinition>(found.map((pair) => [pair.after, pair.before]));
  const [saidBefore, saidAfter] = [sayingsIn(before, renames), sayingsIn(after, NO_RENAMES)];
  const facts = settingsFacts(before, after);
  for (const kind of KINDS) {
    const [old, now] = [definitionsOf(before, kind), definitionsOf(after, kind)];
    const left = new Set<AnyDefinition>(old.values());
    for (const definition of now.values()) {
      const was = pairs.get(definition) ?? old.get(definition.name);
      if (was === undefined) {
        facts.push(added(after, definition));
        continue;
      }
      left.delete(was);
      if (was.name !== definition.name) facts.push(renamed(before, after, was, definition));
      const differences = compareSayings(saidBefore(was), saidAfter(definition));
      facts.push(...differences.map((one) => changed({ before, after, was, is: definition }, one)));
    }
    facts.push(...[...left].map((definition) => removed(before, definition)));
  }
  return { facts, renames };
}

interface Pair {
  readonly before: DiffSide;
  readonly after: DiffSide;
  readonly was: AnyDefinition;
  readonly is: AnyDefinition;
}

function changed({ before, after, was, is }: Pair, difference: Difference): Fact {
  const subject: Subject = { kind: is.definition, name: is.name };
  const place = (side: DiffSide, { file, nameNode }: AnyDefinition, saying: Saying | undefined): Place =>
    placeIn(side.loaded.texts, { file, span: saying?.span ?? nameNode.span });
  return {
    ...factOf(subject, difference),
    before: place(before, was, difference.before),
    after: place(after, is, difference.after),
  };
}

function factOf(subject: Subject, difference: Difference): Fact {
  const { path, before, after, within } = difference;
  return {
    subject,
    change: 'changed',
    path: isLastWritten(difference) ? path.slice(0, -1) : path,
    class: (within ?? [undefined]).reduce<ChangeClass>(
      (worst, part) =>
        graver(
          worst,
          classOf(subject.kind, part?.path ?? path, [before?.meaning ?? '', after?.meaning ?? '']),
        ),
      'cosmetic',
    ),
    words: differenceWords(subject.kind, difference),
    ...(before === undefined || within !== undefined ? {} : { was: before.text }),
    ...(after === undefined || within !== undefined ? {} : { is: after.text }),
  };
}

/** The last key on the way to a condition is what it says. */
function isLastWritten({ path }: Difference): boolean {
  return path.at(-2) === 'where' && path[0] !== 'columns';
}

function placeOf(side: DiffSide, { file, nameNode }: AnyDefinition): Place {
  return placeIn(side.loaded.texts, { file, span: nameNode.span });
}

function added(side: DiffSide, definition: AnyDefinition): Fact {
  const { definition: kind, name } = definition;
  return {
    subject: { kind, name },
    change: 'added',
    path: [],
    class: classOfGain(kind),
    words: ['is new'],
    after: placeOf(side, definition),
  };
}

function removed(side: DiffSide, definition: AnyDefinition): Fact {
  const { definition: kind, name } = definition;
  return {
    subject: { kind, name },
    change: 'removed',
    path: [],
    class: classOfLoss(kind),
    words: ['is gone'],
    before: placeOf(side, definition),
  };
}

function renamed(before: DiffSide, after: DiffSide, was: AnyDefinition, is: AnyDefinition): Fact {
  return {
    subject: { kind: is.definition, name: is.name },
    change: 'renamed',
    path: [],
    class: classOfLoss(is.definition),
    words: ['has a new name; it was ', { code: was.name }],
    before: placeOf(before, was),
    after: placeOf(after, is),
    was: was.name,
    is: is.name,
  };
}

function settingsFacts(before: DiffSide, after: DiffSide): Fact[] {
  const subject: Subject = { kind: 'settings', name: 'plumbline.yaml' };
  const place = (side: DiffSide, saying: Saying | undefined): { readonly at?: Place } => {
    const { path } = side.checked.project.settings;
    return path === undefined ? {} : { at: { file: path, span: saying?.span ?? { start: 0, end: 0 } } };
  };
  return compareSayings(settingsSayings(before), settingsSayings(after)).map((difference) => {
    const [old, now] = [place(before, difference.before), place(after, difference.after)];
    return {
      ...factOf(subject, difference),
      ...(old.at && { before: old.at }),
      ...(now.at && { after: now.at }),
    };
  });
}
