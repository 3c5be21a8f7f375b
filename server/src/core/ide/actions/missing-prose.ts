import type { Problem } from '../../base/problem.ts';
import type { Definition, Project } from '../../model/project.ts';
import type { IdeContext } from '../ide-context.ts';
import { insertEntries } from '../yaml-edit.ts';
import { type ActionProvider, actionOf } from './action.ts';
import { definitionAt, ownBody } from './at-cursor.ts';
import { problemsAt } from './rule-fixes.ts';

/** The key that each of these rules asks for. Such a rule may be off: then there is no problem, and nothing is offered. */
const KEYS: ReadonlyMap<string, 'owner' | 'why' | 'description'> = new Map([
  ['metric-needs-owner', 'owner'],
  ['metric-needs-description', 'description'],
  ['target-needs-why', 'why'],
] as const);

/** Adds the `owner`, `why` or `description` that a rule asks for: an owner of the project's who is near, a sentence to be written. */
export const missingProse: ActionProvider = (request) => {
  const definition = definitionAt(request);
  const body = definition && ownBody(definition);
  if (definition === undefined || body === undefined) return [];
  const { file } = request.file;
  return problemsAt(request.context, file.path, request.span).flatMap((problem: Problem) => {
    const key = KEYS.get(problem.code);
    if (key === undefined || body.get(key) !== undefined) return [];
    const value = key === 'owner' ? ownerNear(request.context, definition) : PROSE[key];
    const title = key === 'owner' ? `Add "owner: ${value}"` : `Add "${key}"`;
    const edit = insertEntries(file, body, [[key, value]], BEFORE[key]);
    return actionOf({ title, kind: 'quickfix', fixes: problem }, [edit]);
  });
};

const PROSE = {
  why: 'Say what depends on it.',
  description: 'Say what it is, in a sentence or two.',
} as const;

/** Keys that the new one goes behind; where none of them is there, it goes to the end. */
const BEFORE = {
  owner: ['type', 'label', 'description', 'why', 'source'],
  why: [
    'type',
    'label',
    'description',
    'metric',
    'segment',
    'at_least',
    'at_most',
    'between',
    'due',
    'each',
    'owner',
  ],
  description: ['type', 'label'],
} as const;

/** The owner of the metric's source, else the one who owns most metrics. */
function ownerNear({ checked }: IdeContext, definition: Definition): string {
  const { project } = checked;
  const metric = project.metrics.get(definition.name);
  const source = metric?.source === undefined ? undefined : project.sources.get(metric.source.text);
  return source?.owner ?? mostFrequentOwner(project) ?? 'team';
}

function mostFrequentOwner({ metrics }: Project): string | undefined {
  const counts = new Map<string, number>();
  for (const { owner } of metrics.values()) {
    if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
