import { COLUMN_TYPES } from '../base/value-type.ts';
import type { Definition, ExpressionWord, Metric, Project } from '../model/project.ts';
import type { Shapes } from '../model/shape.ts';
import type { ScalarNode } from '../syntax/yaml/tree.ts';
import type { Checked, CheckedKind } from './checked.ts';
import { type Catalogue, catalogueOf } from './columns.ts';
import { contractFindings } from './contracts.ts';
import { findCuts } from './cuts.ts';
import type { Damage } from './damage.ts';
import { type ExpressionUse, expressionUses, type Mode } from './expressions.ts';
import { expressionFindings, pathFindings } from './findings.ts';
import { findIgnores } from './ignores.ts';
import { linkGraph } from './links.ts';
import { type MetricUse, metricBook } from './metrics.ts';
import { needsBook } from './needs.ts';
import { pathUses } from './paths.ts';
import { periodlessFindings } from './periodless.ts';
import type { Finding, RuleContext } from './report.ts';
import { type Expectation, type Resolver, resolverOf } from './resolver.ts';
import type { Surroundings } from './surroundings.ts';

/** Resolves a project once, for all rules and for whoever evaluates it. */
export function contextOf(
  project: Project,
  shapes: Shapes,
  kinds: ReadonlyMap<string, CheckedKind>,
  knownIds: ReadonlySet<string>,
  damage: Damage,
  surroundingsFor: (uses: readonly MetricUse[]) => Surroundings,
): RuleContext {
  const links = linkGraph(project);
  const book = metricBook(project, kinds);
  const written = expressionUses(book, project);
  const uses = written.filter(({ source, mode }) => isReadable(project, source, mode));
  const paths = pathUses(project, book);
  const { catalogue, resolver } = resolution(project, shapes, kinds, links, written, damage);
  const columns = catalogue.all();
  const checked = answers(links, resolver, written);
  const metrics = book.all.map(({ metric }) => metric);
  const findings = byCode([
    ...expressionFindings(uses, resolver, catalogue),
    ...pathFindings(paths, resolver),
    ...contractFindings(project, metrics, catalogue, resolver),
    ...periodlessFindings(book, kinds),
  ]);
  const base = {
    project,
    kinds,
    shapes,
    columns,
    links,
    checked,
    metrics: book.all,
    book,
    expressions: uses,
    expressionsOf: grouped(uses),
    pathsOf: grouped(paths),
    ignores: findIgnores(project),
    cuts: findCuts(project, written),
    cycles: catalogue.cycles,
    findings,
    knownIds,
    damage,
  };
  const surroundings = surroundingsFor(book.all);
  return { ...base, needs: needsBook(base), surroundings };
}

/** The catalogue asks the resolver for the types of computed columns, and the resolver the catalogue for those of names. */
function resolution(
  project: Project,
  shapes: Shapes,
  kinds: ReadonlyMap<string, CheckedKind>,
  links: ReturnType<typeof linkGraph>,
  uses: readonly ExpressionUse[],
  damage: Damage,
): { readonly catalogue: Catalogue; readonly resolver: Resolver } {
  const catalogue = catalogueOf(project, shapes, links, damage.incomplete);
  const expectations = new Map<ScalarNode, Expectation>();
  for (const { word, expects } of uses) {
    const types = COLUMN_TYPES.filter((type) => expects.includes(type));
    expectations.set(word.node, { types, role: word.role });
  }
  const resolver = resolverOf({ project, kinds, links, catalogue }, expectations);
  catalogue.fill((word, source, mode) =>
    project.sources.has(source) ? resolver.resolve(word, source, mode, undefined).type : 'unknown',
  );
  return { catalogue, resolver };
}

/** An expression on a source that does not exist cannot be read; the name of the source is the problem. */
function isReadable(project: Project, source: string, mode: Mode): boolean {
  return project.sources.has(source) || (mode === 'formula' && source === '');
}

/** What evaluation asks: expressions are read as they are where they stand, whoever asks. */
function answers(
  links: ReturnType<typeof linkGraph>,
  resolver: Resolver,
  uses: readonly ExpressionUse[],
): Pick<Checked, 'resolve' | 'resolvePath' | 'follow' | 'paths'> {
  const modes = new Map<ScalarNode, Pick<ExpressionUse, 'mode' | 'path'>>();
  for (const { word, mode, path } of uses) modes.set(word.node, { mode, path });
  return {
    resolve(word: ExpressionWord, source: string, metric?: Metric) {
      const { mode, path } = modes.get(word.node) ?? { mode: 'row', path: false };
      if (path) return found(resolver, word.text, source);
      return resolver.resolve(word, source, mode, metric).scalar;
    },
    resolvePath: (text, source) => found(resolver, text, source),
    follow: (source, chain) => links.follow(source, chain),
    paths: (from, to) => links.paths(from, to),
  };
}

function found(resolver: Resolver, text: string, source: string): ReturnType<Checked['resolvePath']> {
  const lookup = resolver.path(text, source);
  return lookup.kind === 'found' ? lookup.scalar : undefined;
}

function grouped<Use extends { readonly definition: Definition }>(
  uses: readonly Use[],
): (definition: Definition) => readonly Use[] {
  return lookup(uses, ({ definition }) => definition);
}

function byCode(findings: readonly Finding[]): (code: string) => readonly Finding[] {
  return lookup(findings, ({ code }) => code);
}

function lookup<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): (key: Key) => readonly Item[] {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return (key) => groups.get(key) ?? [];
}
