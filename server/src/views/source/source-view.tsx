import type { RowsPage, SourcePreview } from '../../core/preview/preview.ts';
import type { ViewHost } from '../host.ts';
import { AboutSection, Heading, Unavailable } from '../parts/about.tsx';
import { DataTable } from '../parts/data-table.tsx';
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
  return (
    <>
      <Heading kind="Source" about={about} host={host} />
      <Unavailable about={about} />
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
          <Section id="rows" title="Rows">
            {rows === undefined ? (
              <Pending lines={6} />
            ) : (
              <Rows page={rows} source={about.name} host={host} />
            )}
          </Section>
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
  return (
    <dl class="facts">
      {profile === undefined ? null : (
        <div>
          <dt>Rows</dt>
          <dd>
            {countText(profile.rows)}
            {profile.duplicates === 0 ? null : (
              <span class="quiet"> and {counted(profile.duplicates, 'duplicate')} dropped</span>
            )}
          </dd>
        </div>
      )}
      {profile?.first == null || profile.asOf === null ? null : (
        <div>
          <dt>Days</dt>
          <dd>
            {profile.first} to {profile.asOf}
          </dd>
        </div>
      )}
      {data === null ? null : <Fact term="Data" names={[data]} />}
      {key.length === 0 ? null : <Fact term="Key" names={key} />}
      {time === null ? null : <Fact term="Time" names={[time]} />}
      {lifespan === null ? null : (
        <Fact
          term="Lifespan"
          names={[lifespan.start, ...(lifespan.end === null ? [] : [lifespan.end])]}
          joint=" to "
        />
      )}
      {links.length === 0 ? null : (
        <div>
          <dt>Links</dt>
          <dd>
            {links.map(({ name, to }, index) => (
              <span key={name}>
                {index === 0 ? '' : ', '}
                <code>{name}</code> to <Link to={host.toSubject({ kind: 'source', name: to })}>{to}</Link>
              </span>
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}

function Fact({
  term,
  names,
  joint = ', ',
}: {
  readonly term: string;
  readonly names: readonly string[];
  readonly joint?: string;
}) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        {names.map((name, index) => (
          <span key={name}>
            {index === 0 ? '' : joint}
            <code>{name}</code>
          </span>
        ))}
      </dd>
    </div>
  );
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
  const size = Math.max(rows.length, 1);
  const step = offset === 0 ? size : Math.min(offset, PAGE);
  return (
    <>
      <DataTable table={pageTable(page, source)} caption="quiet" tall />
      <div class="tools pager">
        {show === undefined ? null : (
          <button
            type="button"
            aria-disabled={offset === 0}
            onClick={() => offset > 0 && show(offset - step)}
          >
            Previous rows
          </button>
        )}
        <span role="status">
          {countText(offset + 1)} to {countText(offset + rows.length)} of {countText(total)}
        </span>
        {show === undefined ? null : (
          <button
            type="button"
            aria-disabled={offset + rows.length >= total}
            onClick={() => offset + rows.length < total && show(offset + rows.length)}
          >
            Next rows
          </button>
        )}
      </div>
    </>
  );
}

/** The length of a page, as requests have it where nothing is said. */
const PAGE = 20;
