import type { Cancel } from '../base/cancel.ts';
import { COLUMN_TYPES, type ValueType } from '../base/value-type.ts';
import type { Checked } from '../check/checked.ts';
import { encodingOf } from '../model/encodings.ts';
import type { Source } from '../model/project.ts';
import type { ShapeColumn, Shapes, SourceShape } from '../model/shape.ts';
import { RESERVED_COLUMNS, type Storage, tableStorage } from '../plan/storage.ts';
import type { ColumnSpec, LoadedTable, LoadProgress, QueryEngine, TableSpec } from './engine.ts';

/** The data of a project in an engine. */
export interface ProjectData {
  readonly storage: Storage;
  /** The project's shapes, now with the type of every loaded column. */
  readonly shapes: Shapes;
  readonly tables: ReadonlyMap<string, LoadedTable>;
}

export interface LoadOptions {
  readonly signal?: Cancel;
  readonly progress?: LoadProgress;
}

/**
 * Loads the data of sources, and of all that they reach by links, into an engine, which is locked then. A table that cannot be
 * read is left out: its shape then has no columns, and says why.
 */
export async function loadData(
  checked: Checked,
  engine: QueryEngine,
  sources: Iterable<string>,
  options: LoadOptions = {},
): Promise<ProjectData> {
  const layouts = [...reachedFrom(checked, sources)].flatMap((name) => layoutOf(checked, name) ?? []);
  const loaded = await engine.load(
    layouts.map(({ spec }) => spec),
    { ...options, keepGoing: true },
  );
  const tables = new Map(loaded.map((table) => [table.table, table]));
  const shapes = new Map(checked.shapes);
  for (const layout of layouts) {
    const table = tables.get(layout.source);
    if (table !== undefined) shapes.set(layout.source, withTypes(layout, table));
  }
  const readable = layouts.filter(({ source }) => tables.get(source)?.problem === undefined);
  const names = new Map(
    readable.map((layout) => [layout.source, filledColumns(layout, tables.get(layout.source))]),
  );
  return { storage: tableStorage(names), shapes, tables };
}

/** The sources named, and those whose rows they need: behind links, in a stack, or counted by a column. */
export function reachedFrom(checked: Checked, sources: Iterable<string>): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...sources];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const source = checked.project.sources.get(name);
    if (source === undefined || reached.has(name)) continue;
    reached.add(name);
    for (const link of source.links.values()) if (link.to !== undefined) open.push(link.to.text);
    for (const member of source.union?.items ?? []) open.push(member.source.text);
    for (const column of source.columns.values()) if (column.of !== undefined) open.push(column.of.text);
  }
  return reached;
}

/** How a source's file is laid out in its table. */
interface Layout {
  readonly source: string;
  readonly shape: SourceShape;
  readonly spec: TableSpec;
  /** The table's column for each column of the format. */
  readonly names: ReadonlyMap<string, string>;
  /** For each column of the shape its column in the table; `undefined` for one that cannot be named. */
  readonly stored: readonly (string | undefined)[];
}

function layoutOf(checked: Checked, name: string): Layout | undefined {
  const source = checked.project.sources.get(name);
  const shape = checked.shapes.get(name);
  if (source === undefined || shape?.columns === undefined || shape.format === undefined) return undefined;
  const names = new Map<string, string>();
  const taken = new Set(RESERVED_COLUMNS);
  const stored = shape.columns.map(({ header }) => {
    const column = columnName(source, header);
    if (names.has(column)) return undefined;
    const free = freeName(column, taken);
    names.set(column, free);
    return free;
  });
  const columns = shape.columns.flatMap((column, index) => {
    const table = stored[index];
    return table === undefined ? [] : [columnSpec(source, column, index, table)];
  });
  const spec: TableSpec = {
    table: name,
    files: shape.files,
    root: checked.project.folder,
    format: shape.format,
    delimiter: shape.delimiter,
    ...readerOptions(source),
    columns,
    timezone: source.timezone?.text ?? checked.project.settings.timezone,
    nulls: source.data?.nulls.map((word) => word.text) ?? [],
    distinct: source.key !== undefined,
  };
  return { source: name, shape, spec, names, stored };
}

function readerOptions({ data }: Source): Partial<TableSpec> {
  const headerRow = Number(data?.headerRow?.text ?? 1);
  const encoding = encodingOf(data?.encoding?.text ?? 'utf-8') ?? 'utf-8';
  return {
    ...(Number.isInteger(headerRow) && headerRow > 1 ? { headerRow } : {}),
    ...(encoding === 'utf-8' ? {} : { encoding }),
    ...(data?.sheet === undefined ? {} : { sheet: data.sheet.text }),
  };
}

/** The name of a stored column in the format: the declared one whose `header` it is, else its header. */
function columnName(source: Source, header: string): string {
  for (const column of source.columns.values()) if (column.header?.text === header) return column.name;
  return header;
}

/** A table's column names are unique when case is ignored, as some engines ignore it; the format's are not. */
function freeName(column: string, taken: Set<string>): string {
  const wanted = column.trim() === '' ? 'column' : column;
  let name = wanted;
  for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${wanted}_${i}`;
  taken.add(name.toLowerCase());
  return name;
}

function columnSpec(source: Source, column: ShapeColumn, index: number, name: string): ColumnSpec {
  const declared = source.columns.get(columnName(source, column.header));
  const type = COLUMN_TYPES.find((known) => known === declared?.type?.text);
  const formats = [...(declared?.dateFormats ?? []), ...(source.data?.dateFormats ?? [])].map(
    (word) => word.text,
  );
  const dated = (type === 'date' || type === 'timestamp') && formats.length > 0;
  return {
    header: column.header.trim() === '' ? index : column.header,
    name,
    ...(type === undefined ? {} : { type }),
    ...(dated ? { dateFormats: formats } : {}),
  };
}

/** A column of which no cell says anything is null for whoever names it, whatever type it is needed in. */
function filledColumns({ names }: Layout, table: LoadedTable | undefined): ReadonlyMap<string, string> {
  const empty = new Set(table?.columns.filter((column) => column.empty === true).map(({ name }) => name));
  return new Map([...names].filter(([, stored]) => !empty.has(stored)));
}

function withTypes({ shape, stored }: Layout, table: LoadedTable): SourceShape {
  if (table.problem !== undefined) {
    return { ...shape, columns: undefined, problem: { code: 'data-unreadable', message: table.problem } };
  }
  const types = new Map<string, ValueType>(
    table.columns.map(({ name, type, empty }) => [name, empty === true ? 'unknown' : type]),
  );
  const columns = shape.columns?.map((column, index) => ({
    ...column,
    type: types.get(stored[index] ?? '') ?? column.type,
  }));
  return { ...shape, columns };
}
