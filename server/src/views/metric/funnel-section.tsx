import type { FunnelDocument } from '../../core/preview/metric-documents.ts';
import type { ViewHost } from '../host.ts';
import { Bar } from '../parts/bar.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Link } from '../parts/link.tsx';
import { Empty, Pending } from '../parts/notice.tsx';
import { Section } from '../parts/section.tsx';
import { type FunnelStep, funnelSteps, funnelTable } from './funnel.ts';

/** How many rows each step from the source to the value leaves. */
export function FunnelSection<At>({
  funnel,
  host,
}: {
  readonly funnel: FunnelDocument<At> | null | undefined;
  readonly host: ViewHost<At>;
}) {
  return (
    <Section id="funnel" title="From rows to value">
      {funnel === undefined ? (
        <Pending lines={4} />
      ) : funnel === null ? (
        <Empty>There is no value, and so no rows behind it.</Empty>
      ) : (
        funnel.parts.map((part, index) => {
          const steps = funnelSteps(part);
          const table = funnelTable(part, steps);
          return (
            <DataTable
              key={index}
              caption={funnel.parts.length === 1 ? 'quiet' : 'shown'}
              table={{
                ...table,
                columns: [...table.columns, { label: 'Share', drawn: true }],
                rows: table.rows.map((row, at) => [
                  { text: row[0]?.text ?? '', shown: <StepName step={steps[at]} host={host} /> },
                  ...row.slice(1),
                  { text: '', shown: <StepBar steps={steps} at={at} /> },
                ]),
              }}
            />
          );
        })
      )}
    </Section>
  );
}

function StepName<At>({
  step,
  host,
}: {
  readonly step: FunnelStep<At> | undefined;
  readonly host: ViewHost<At>;
}) {
  if (step?.clause === undefined) return <>{step?.name}</>;
  const { text, at } = step.clause;
  return (
    <>
      where{' '}
      <Link to={host.toPlace(at)} title="Show the condition in the editor">
        <code>{text}</code>
      </Link>
    </>
  );
}

function StepBar<At>({ steps, at }: { readonly steps: readonly FunnelStep<At>[]; readonly at: number }) {
  const all = steps[0]?.rows ?? 0;
  const share = (index: number): number => (all === 0 ? 0 : (steps[index]?.rows ?? 0) / all);
  return <Bar share={share(at)} before={at === 0 ? share(0) : share(at - 1)} />;
}
