import type { SourceColumn } from '../../core/preview/preview.ts';
import { Figure } from '../charts/figure.tsx';
import { shownText } from '../metric/rows.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Fact, Facts } from '../parts/facts.tsx';
import { countText, shareText } from '../parts/numbers.ts';
import { type Bin, binsOf, binsSentence, binsTable } from './histogram.ts';
import { topTable } from './tables.ts';

/** Of frequent values; the others are a copy away. */
const MOST_VALUES = 5;

/** One column: what is said of it, and what it holds. */
export function ColumnCard({ column }: { readonly column: SourceColumn }) {
  const { name, type, origin, description, profile } = column;
  return (
    <li class="card">
      <h3>
        <code>{name}</code> <span class="chip">{type}</span>
        {origin === 'computed' ? <span class="chip">computed</span> : null}
      </h3>
      {description === null ? null : <p>{description}</p>}
      {profile === null ? (
        <p class="quiet">It could not be read.</p>
      ) : (
        <>
          <Facts>
            <Fact term="Blank">{shareText(profile.nulls, profile.rows)}</Fact>
            <Fact term="Distinct">{countText(profile.distinct)}</Fact>
            <Fact term="Range">
              {profile.low === null || profile.high === null || type === 'text'
                ? null
                : `${shownText(profile.low, type)} to ${shownText(profile.high, type)}`}
            </Fact>
          </Facts>
          <Distribution column={column} />
        </>
      )}
    </li>
  );
}

/** Numbers and times as a histogram, all else by its most frequent values, unless no value is twice there. */
function Distribution({ column }: { readonly column: SourceColumn }) {
  const { name, profile } = column;
  if (profile === null) return null;
  const bins = binsOf(profile);
  if (bins.length > 1)
    return (
      <Figure id={`column-${name}`} table={binsTable(name, bins)}>
        <Histogram name={name} bins={bins} />
      </Figure>
    );
  const isTelling = (profile.top[0]?.rows ?? 0) > 1;
  return isTelling ? <DataTable table={topTable(column, MOST_VALUES)} caption="quiet" /> : null;
}

const [HEIGHT, STEP] = [48, 10];

function Histogram({ name, bins }: { readonly name: string; readonly bins: readonly Bin[] }) {
  const most = Math.max(1, ...bins.map(({ rows }) => rows));
  return (
    <svg
      class="histogram"
      viewBox={`0 0 ${bins.length * STEP} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={binsSentence(name, bins)}
    >
      {bins.map(({ rows }, index) => {
        // What is there is seen, however little it is beside the others.
        const height = rows === 0 ? 0 : Math.max(1.5, (rows / most) * (HEIGHT - 1));
        return (
          <rect key={index} x={index * STEP + 0.5} y={HEIGHT - height} width={STEP - 1} height={height} />
        );
      })}
    </svg>
  );
}
