import { COLUMN_TYPES } from '../../base/value-type.ts';
import type { ColumnInfo } from '../../check/checked.ts';
import type { ColumnProfile, Need } from '../../evaluate/numbers.ts';
import type { Source } from '../../model/project.ts';
import type { IdeContext } from '../ide-context.ts';
import { insertEntries } from '../yaml-edit.ts';
import { blockMap, flowMap, written, type YamlEntry } from '../yaml-value.ts';
import { type ActionProvider, actionOf } from './action.ts';
import { definitionAt, isOn, ownBody } from './at-cursor.ts';

/** A text column with at most so many values is a list of words, such as plans. More are names. */
const FEW_VALUES = 12;

/**
 * Declares the columns of a source's data that it does not declare yet, as they are now: their types, `required` where no
 * cell is empty, and `values` of text columns with a few. Of columns whose rows are not known the type alone is written, if that is
 * known; the action says which numbers it needs for the rest.
 */
export const declareColumns: ActionProvider = (request) => {
  const { context, span } = request;
  const source = definitionAt(request);
  const body = source && ownBody(source);
  if (source?.definition !== 'source' || body === undefined) return [];
  const onName = source.nameNode.span.start <= span.start && span.start <= source.nameNode.span.end;
  const columns = body.get('columns');
  if (!onName && !isOn(span, body.get('data')) && !isOn(span, columns)) return [];
  const undeclared = undeclaredColumns(context, source);
  if (undeclared.length === 0) return [];
  const { file } = request.file;
  const needs = needsOf(context, source, undeclared);
  const entries = undeclared
    .map((column) => entryOf(context, source, column))
    .filter((entry) => entry !== undefined);
  const declared = columns?.value;
  const edit =
    declared?.kind === 'map'
      ? insertEntries(file, declared, entries)
      : declared === undefined && entries.length > 0
        ? insertEntries(file, body, [['columns', body.flow ? flowMap(entries) : blockMap(entries)]], BEFORE)
        : undefined;
  const count = undeclared.length;
  const title =
    count === 1 ? 'Declare the other column of the data' : `Declare the ${count} other columns of the data`;
  const action = {
    title: source.columns.size === 0 ? 'Declare the columns of the data' : title,
    kind: 'refactor.rewrite',
  } as const;
  if (edit === undefined)
    return needs.length === 0 ? [] : [{ ...action, preferred: false, edits: [], needs }];
  return actionOf({ ...action, ...(needs.length === 0 ? {} : { needs }) }, [edit]);
};

/** The keys behind which `columns` goes. */
const BEFORE = [
  'label',
  'description',
  'owner',
  'data',
  'key',
  'time',
  'lifespan',
  'timezone',
  'as_of',
  'where',
  'one_per',
  'coverage',
  'sampled_by',
];

/** The columns of the file that nobody declared, each header once. */
function undeclaredColumns({ checked }: IdeContext, source: Source): readonly ColumnInfo[] {
  if (source.union !== undefined) return [];
  const columns = [...(checked.columns.get(source.name)?.columns.values() ?? [])];
  return columns.filter(
    ({ origin, declared, name }) => origin === 'file' && declared === undefined && name !== '',
  );
}

/** Profiles that are not known; none where nothing is evaluated. */
function needsOf({ numbers }: IdeContext, source: Source, columns: readonly ColumnInfo[]): readonly Need[] {
  if (numbers === undefined) return [];
  return columns.flatMap(({ name }): Need[] => {
    const known = numbers.column(source.name, name);
    return known === undefined || known.stale ? [{ kind: 'column', source: source.name, column: name }] : [];
  });
}

function entryOf({ numbers }: IdeContext, source: Source, column: ColumnInfo): YamlEntry | undefined {
  const profile = numbers?.column(source.name, column.name)?.value;
  const found = profile?.type ?? column.type;
  const type = COLUMN_TYPES.find((each) => each === found);
  const fields: YamlEntry[] = [
    ...(type === undefined ? [] : [['type', type] as const]),
    ...(type === 'text' && profile !== undefined && hasFewValues(profile)
      ? [['values', profile.top.map(({ value }) => value).sort()] as const]
      : []),
    ...(profile !== undefined && profile.rows > 0 && profile.nulls === 0
      ? [['required', written('true')] as const]
      : []),
  ];
  return fields.length === 0 ? undefined : [column.name, flowMap(fields)];
}

/** A few values that come again and again. A list of what every row has of its own would have to grow with the data. */
function hasFewValues({ distinct, top, rows, nulls }: ColumnProfile): boolean {
  return distinct > 0 && distinct <= FEW_VALUES && top.length === distinct && rows - nulls >= 3 * distinct;
}
