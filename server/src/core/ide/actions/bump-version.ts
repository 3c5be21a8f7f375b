import { touches } from '../../base/span.ts';
import { insertEntries, insertItem, replaceValue } from '../yaml-edit.ts';
import { flowMap, written, type YamlEntry } from '../yaml-value.ts';
import { type ActionProvider, actionOf } from './action.ts';
import { definitionAt, isOn, ownBody } from './at-cursor.ts';

/**
 * Raises the version of the metric, source or segment whose name (or `version`, or `changes`) the cursor is on, and adds an entry
 * of today to its `changes`, as section 8 of the format asks of a change that moves values.
 */
export const bumpVersion: ActionProvider = (request) => {
  const definition = definitionAt(request);
  const body = definition && ownBody(definition);
  if (definition === undefined || body === undefined) return [];
  if (definition.definition === 'target' || definition.definition === 'journey') return [];
  const { file } = request.file;
  const [version, changes] = [body.get('version'), body.get('changes')];
  const isOnName = touches(definition.nameNode.span, request.span.start);
  if (!isOnName && !isOn(request.span, version) && !isOn(request.span, changes)) return [];
  const next = Math.max(definition.version, ...definition.changes.map((change) => change.version)) + 1;
  const change = flowMap([
    ['version', next],
    ['date', written(request.today)],
    ['note', 'Say what changed.'],
  ]);
  const others = body.entries.flatMap(({ key }) => (BEHIND.has(key.text) ? [] : [key.text]));
  const fresh: readonly YamlEntry[] = [
    ...(version === undefined ? ([['version', next]] as const) : []),
    ...(changes === undefined ? ([['changes', [change]]] as const) : []),
  ];
  return actionOf(
    { title: `Raise to version ${next} with an entry in "changes"`, kind: 'refactor.rewrite' },
    [
      ...(version === undefined ? [] : [replaceValue(file, body, version, next)]),
      ...(changes === undefined
        ? []
        : [changes.value.kind === 'seq' ? insertItem(file, changes.value, change) : undefined]),
      ...(fresh.length === 0
        ? []
        : [insertEntries(file, body, fresh, version === undefined ? others : ['version'])]),
    ],
  );
};

/** The keys that come behind `version` and `changes` where somebody wrote them in the usual order. */
const BEHIND: ReadonlySet<string> = new Set(['benchmarks', 'examples', 'status', 'deprecated']);
