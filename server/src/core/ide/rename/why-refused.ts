import { namesIn } from '../../check/names.ts';
import { isMoment } from '../../check/scopes.ts';
import type { Column, Project } from '../../model/project.ts';
import type { IdeContext } from '../ide-context.ts';
import { type Named, type Occurrence, occurrenceIndex } from '../occurrences.ts';
import type { Things } from './things-together.ts';

/** Why something cannot be renamed at all; `undefined` where it can. */
export function whyFixed(context: IdeContext, { named }: Things): string | undefined {
  const [first] = named;
  for (const thing of named) {
    const reason = whyOneIsFixed(context, thing);
    if (reason === undefined) continue;
    return thing === first
      ? reason
      : `The same word also names ${inWords(thing)}, which cannot be renamed along with it. ${reason}`;
  }
  return undefined;
}

function whyOneIsFixed({ checked }: IdeContext, thing: Named): string | undefined {
  const { kind, name, owner = '' } = thing;
  const index = occurrenceIndex(checked);
  const declared = index.of(thing).filter(({ declares }) => declares).length;
  if (declared === 0) {
    if (kind === 'group')
      return `The groups of the segment "${owner}" come from its data or its conditions, not from names in this project.`;
    if (kind !== 'column') return `There is no ${kind} "${name}" in this project.`;
    if (checked.project.sources.get(owner)?.union !== undefined)
      return '"source_name" is what every union calls the name of the member.';
    return `"${name}" is a header in the data of ${owner}. Give it a name there first: under \`columns\` of ${owner}, \`better_name: { header: ${name} }\`.`;
  }
  if (thing.owner === undefined && declared > 1)
    return `There are ${declared} definitions of ${inWords(thing)}. Remove or change one of them first.`;
  return undefined;
}

/** Why something cannot be called so; `undefined` where it can. */
export function whyRefused(context: IdeContext, { named, places }: Things, to: string): string | undefined {
  const { project } = context.checked;
  const isHeader = named.every(
    (thing) => thing.kind === 'column' && columnOf(project, thing)?.header?.text === to,
  );
  if (!isHeader && !/^[a-z][a-z0-9_]*$/.test(to))
    return 'A name is made of lower-case letters, digits and underscores and begins with a letter, such as "monthly_revenue".';
  for (const thing of named) {
    const reason = whyTaken(context, thing, to);
    if (reason !== undefined) return reason;
  }
  return whyCaught(context, named, places, to);
}

function whyTaken({ checked }: IdeContext, thing: Named, to: string): string | undefined {
  const { project, columns } = checked;
  const { kind, owner = '' } = thing;
  if (isMoment(to) && (kind === 'metric' || kind === 'part' || kind === 'column'))
    return `"${to}" has a meaning of its own in expressions. Choose another name.`;
  const taken = (what: string): string => `There is already ${what}. Choose another name.`;
  switch (kind) {
    case 'column':
    case 'link':
      if (project.sources.get(owner)?.links.has(to)) return taken(`a link "${to}" in ${owner}`);
      return columns.get(owner)?.columns.has(to) ? taken(`a column "${to}" in ${owner}`) : undefined;
    case 'group': {
      const form = project.segments.get(owner)?.form;
      return form?.kind === 'groups' && form.groups.has(to)
        ? taken(`a group "${to}" in ${owner}`)
        : undefined;
    }
    case 'part':
      return occurrenceIndex(checked).of({ kind, owner, name: to }).length > 0
        ? taken(`a part "${to}" in ${owner}`)
        : undefined;
    case 'target':
      return project.targets.has(to) ? taken(`a target "${to}"`) : undefined;
    case 'journey':
      return project.journeys.has(to) ? taken(`a journey "${to}"`) : undefined;
    default:
      return namesIn(project, kind).has(to) ? taken(`a ${kind} "${to}"`) : undefined;
  }
}

/** In a formula the names of its parts go before those of metrics: one of each under one name would change what it means. */
function whyCaught(
  { checked }: IdeContext,
  named: readonly Named[],
  places: readonly Occurrence[],
  to: string,
): string | undefined {
  const kinds = new Set(named.map(({ kind }) => kind));
  if (!kinds.has('metric') && !kinds.has('part')) return undefined;
  const other = kinds.has('metric') ? 'part' : 'metric';
  const definitions = new Set(
    places.filter(({ expression }) => expression).map(({ definition }) => definition),
  );
  const caught = occurrenceIndex(checked).all.find(
    ({ named: thing, definition, expression, declares }) =>
      thing.kind === other && thing.name === to && (expression || declares) && definitions.has(definition),
  );
  return caught === undefined
    ? undefined
    : `The formula of "${caught.definition?.name}" already uses "${to}" for a ${other}. Choose another name.`;
}

function columnOf(project: Project, { owner = '', name }: Named): Column | undefined {
  return project.sources.get(owner)?.columns.get(name);
}

function inWords({ kind, name, owner }: Named): string {
  return owner === undefined ? `the ${kind} "${name}"` : `the ${kind} "${name}" of ${owner}`;
}
