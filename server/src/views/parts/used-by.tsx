import type { ViewHost } from '../host.ts';
import { Link } from './link.tsx';
import { Empty } from './notice.tsx';
import { Section } from './section.tsx';

/** The metrics that use something. Each leads to its own preview, or else to its definition. */
export function UsedBy<At>({
  metrics,
  host,
}: {
  readonly metrics: readonly { readonly name: string; readonly label: string; readonly at: At }[];
  readonly host: ViewHost<At>;
}) {
  return (
    <Section id="used-by" title="Used by">
      {metrics.length === 0 ? <Empty>No metric uses it.</Empty> : null}
      <ul class="names">
        {metrics.map(({ name, label, at }) => (
          <li key={name}>
            <Link to={host.toSubject({ kind: 'metric', name }) ?? host.toPlace(at)}>{label}</Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
