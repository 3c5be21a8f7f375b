import { useContext } from 'preact/hooks';
import type { SourceProfile } from '../../core/evaluate/numbers.ts';
import type { RowsPage, SourcePreview } from '../../core/preview/preview.ts';
import { PrintedContext, type ViewHost } from '../host.ts';
import { AboutSection, Heading, Unavailable } from '../parts/about.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Fact, Facts } from '../parts/facts.tsx';
import { Link } from '../parts/link.tsx';
import { Empty, Pending } from '../parts/notice.tsx';
import { counted, countText } from '../parts/numbers.ts';
import { Section } from '../parts/section.tsx';
import { UsedBy } from '../parts/used-by.tsx';
import { Prose } from '../parts/words.tsx';
import { ColumnCard } from './column-card.tsx';
import { pageTable } from './tables.ts';

/** A source: what it declares, what its columns hold, and its rows. */
export function SourceView<At>({
  preview,
  host,
}: {
  readonly preview: SourcePreview<At>;
  readonly host: ViewHost<At>;
}) {
  const { about, columns, rows } = preview;
  const isPrinted = useContext(PrintedContext);
  return (
    <>
      <Heading kind="Source" about={about} host={host} />
      <Unavailable reason={about.unavailable} host={host} />
      <Prose blocks={about.words} />
      <Declared preview={preview} host={host} />
      {about.unavailable === null ? (
        <>
          <Section id="columns" title="Columns">
            {columns === undefined ? (
              <Pending lines={6} />
            ) : columns.length === 0 ? (
              <Empty>It has none.</Empty>
            ) : (
              <ul class="cards">
                {columns.map((column) => (
                  <ColumnCard key={column.name} column={column} />
                ))}
              </ul>
            )}
          </Section>
          {isPrinted && rows === undefined ? null : (
            <Section id="rows" title="Rows">
              {rows === undefined ? (
                <Pending lines={6} />
              ) : (
                <Rows page={rows} source={about.name} host={host} />
              )}
            </Section>
          )}
        </>
      ) : null}
      <UsedBy users={preview.usedBy} to={({ at }) => host.toPlace(at)} />
      <AboutSection about={about} />
    </>
  );
}

function Declared<At>({
  preview,
  host,
}: {
  readonly preview: SourcePreview<At>;
  readonly host: ViewHost<At>;
}) {
  const { data, key, time, lifespan, links, profile } = preview;
  const spell = lifespan === null ? [] : [lifespan.start, ...(lifespan.end === null ? [] : [lifespan.end])];
  return (
    <Facts>
      <Fact term="Rows">{profile === undefined ? null : <RowCount profile={profile} />}</Fact>
      <Fact term="Days">
        {profile?.first == null || profile.asOf === null ? null : `${profile.first} to ${profile.asOf}`}
      </Fact>
      <Fact term="Data">{names(data === null ? [] : [data])}</Fact>
      <Fact term="Key">{names(key)}</Fact>
      <Fact term="Time">{names(time === null ? [] : [time])}</Fact>
      <Fact term="Lifespan">{names(spell, ' to ')}</Fact>
      <Fact term="Links">
        {links.length === 0
          ? null
          : links.map(({ name, to }, index) => (
              <span key={name}>
                {index === 0 ? '' : ', '}
                <code>{name}</code> to <Link to={host.toSubject({ kind: 'source', name: to })}>{to}</Link>
              </span>
            ))}
      </Fact>
    </Facts>
  );
}

function RowCount({ profile: { rows, duplicates } }: { readonly profile: SourceProfile }) {
  return (
    <>
      {countText(rows)}
      {duplicates === 0 ? null : <span class="quiet"> and {counted(duplicates, 'duplicate')} dropped</span>}
    </>
  );
}

/** Names of columns or files, as they are written; nothing where there are none. */
function names(all: readonly string[], joint = ', ') {
  if (all.length === 0) return null;
  return all.map((name, index) => (
    <span key={name}>
      {index === 0 ? '' : joint}
      <code>{name}</code>
    </span>
  ));
}

function Rows<At>({
  page,
  source,
  host: { page: show },
}: {
  readonly page: RowsPage;
  readonly source: string;
  readonly host: ViewHost<At>;
}) {
  const { offset, rows, total } = page;
  if (total === 0) return <Empty>It has none.</Empty>;
  const step = Math.min(offset, PAGE);
  const end = offset + rows.length;
  return (
    <>
      <DataTable table={pageTable(page, source)} caption="quiet" tall />
      <div class="tools pager">
        <PageButton label="Previous rows" to={offset === 0 ? undefined : offset - step} show={show} />
        <span role="status">
          {countText(offset + 1)} to {countText(end)} of {countText(total)}
        </span>
        <PageButton label="Next rows" to={end >= total ? undefined : end} show={show} />
      </div>
    </>
  );
}

/** Leads to another page. It stays where it is when there is none, so that the focus on it is not lost. */
function PageButton({
  label,
  to,
  show,
}: {
  readonly label: string;
  readonly to: number | undefined;
  readonly show: ((offset: number) => void) | undefined;
}) {
  if (show === undefined) return null;
  return (
    <button type="button" aria-disabled={to === undefined} onClick={() => to !== undefined && show(to)}>
      {label}
    </button>
  );
}

/** The length of a page, as requests have it where nothing is said. */
const PAGE = 20;
