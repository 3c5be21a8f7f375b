import type { Checked, ColumnInfo } from '../check/checked.ts';
import { columnProfiles } from '../evaluate/column-profile.ts';
import type { Evaluator } from '../evaluate/evaluate.ts';
import { sourceProfile } from '../evaluate/source-profile.ts';
import { describeSource } from '../ide/describe/source.ts';
import { usersOfSource } from '../ide/hover/lineage.ts';
import type { Source } from '../model/project.ts';
import { Refusal } from '../plan/refusal.ts';
import { aboutOf, named } from './about.ts';
import type { MetricChoice } from './metric-preview.ts';
import type { SourceColumn, SourcePreview } from './preview.ts';
import { inSections, type PreviewWork } from './preview-work.ts';
import { rowsPage } from './rows-page.ts';

/** So many columns are profiled before they are shown. */
const BATCH = 12;

/**
 * Everything that a preview of a source shows: what it declares, how many rows there are and the first of them, and what each column
 * holds, the columns some at a time. Rejects with `Cancelled`.
 *
 * @param choice `rows` is the length of the first page, default 20
 */
export async function sourcePreview<At>(
  work: PreviewWork<At>,
  source: Source,
  { rows: limit, withoutRows = false }: Pick<MetricChoice, 'rows' | 'withoutRows'> = {},
): Promise<SourcePreview<At>> {
  const cancel = work.signal === undefined ? {} : { signal: work.signal };
  const steps = 2 + Math.ceil(columnsOf(work.context.checked, source).length / BATCH);
  return inSections<At, SourcePreview<At>>(work, outlineOf(work, source), steps, async (evaluator, add) => {
    const { checked, data } = evaluator;
    const now = checked.project.sources.get(source.name);
    if (now === undefined) throw new Refusal(`There is no source "${source.name}".`);
    const problem = data.shapes.get(now.name)?.problem;
    if (problem !== undefined) throw new Refusal(problem.message);
    // Of the state that was loaded: data that could not be found a moment ago may be there by now.
    const about = aboutOf(now, describeSource(checked.project, now), work.at);
    add({ about, profile: await sourceProfile(evaluator, now, cancel) });
    if (!withoutRows)
      add({ rows: await rowsPage(evaluator, now, { ...cancel, ...(limit === undefined ? {} : { limit }) }) });
    let columns: readonly SourceColumn[] = columnsOf(checked, now).map((info) => columnOf(info));
    for (let start = 0; start < columns.length; start += BATCH) {
      columns = await withProfiles(evaluator, now, columns, start, cancel);
      if (withoutRows) columns = columns.map((column) => withoutCells(column, columnsOf(checked, now)));
      add({ columns });
    }
  });
}

function outlineOf<At>({ context: { checked }, at }: PreviewWork<At>, source: Source): SourcePreview<At> {
  const { lifespan } = source;
  const why = checked.shapes.get(source.name)?.problem?.message ?? null;
  return {
    kind: 'source',
    about: aboutOf(source, describeSource(checked.project, source), at, why),
    data: source.data?.file.text ?? null,
    key: source.key?.items.map(({ text }) => text) ?? [],
    time: source.time?.text ?? null,
    lifespan: lifespan === undefined ? null : { start: lifespan.start.text, end: lifespan.end?.text ?? null },
    links: [...source.links.values()].flatMap(({ name, to }) =>
      to === undefined ? [] : [{ name, to: to.text }],
    ),
    usedBy: usersOfSource(checked, source.name).map((user) => named(user, at)),
    columns: columnsOf(checked, source).map((info) => columnOf(info)),
  };
}

function columnsOf(checked: Checked, { name }: Source): readonly ColumnInfo[] {
  return [...(checked.columns.get(name)?.columns.values() ?? [])];
}

function columnOf({ name, type, origin, declared }: ColumnInfo): SourceColumn {
  return {
    name,
    type,
    origin: origin === 'file' ? 'file' : 'computed',
    description: declared?.description ?? null,
    profile: null,
  };
}

/** A column without what stands in its rows, other than values that the specification has itself, and ranges that are no texts. */
function withoutCells(column: SourceColumn, infos: readonly ColumnInfo[]): SourceColumn {
  const { profile } = column;
  const declared = infos.find(({ name }) => name === column.name)?.declared?.values ?? [];
  if (profile === null || profile.type === 'boolean') return column;
  const known = new Set(declared.map(({ text }) => text));
  const top = profile.top.filter(({ value }) => known.has(value));
  return {
    ...column,
    profile: { ...profile, top, ...(profile.type === 'text' ? { low: null, high: null } : {}) },
  };
}

/** The columns, those of a batch with what they hold. */
async function withProfiles(
  evaluator: Evaluator,
  source: Source,
  columns: readonly SourceColumn[],
  start: number,
  cancel: Parameters<typeof columnProfiles>[3],
): Promise<readonly SourceColumn[]> {
  const names = columns.slice(start, start + BATCH).map(({ name }) => name);
  const profiles = await columnProfiles(evaluator, source, names, cancel);
  return columns.map((column, index) => ({ ...column, profile: profiles[index - start] ?? column.profile }));
}
