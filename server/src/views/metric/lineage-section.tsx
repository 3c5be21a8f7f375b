import type { Lineage } from '../../core/check/lineage.ts';
import type { ViewHost } from '../host.ts';
import { Link } from '../parts/link.tsx';
import { Empty, Pending } from '../parts/notice.tsx';
import { Section } from '../parts/section.tsx';
import { type LineageBranch, lineageTrees } from './lineage.ts';

/** What a metric rests on, and what rests on it. Every name leads to its definition. */
export function LineageSection<At>({
  lineage,
  host,
}: {
  readonly lineage: Lineage<At> | undefined;
  readonly host: ViewHost<At>;
}) {
  const trees = lineage && lineageTrees(lineage);
  return (
    <Section id="lineage" title="Lineage">
      {trees === undefined ? (
        <Pending />
      ) : (
        <div class="columns">
          <div>
            <h3>Rests on</h3>
            <Branches branches={trees.restsOn} host={host} />
          </div>
          <div>
            <h3>Used by</h3>
            <Branches branches={trees.usedBy} host={host} />
          </div>
        </div>
      )}
    </Section>
  );
}

function Branches<At>({
  branches,
  host,
}: {
  readonly branches: readonly LineageBranch<At>[];
  readonly host: ViewHost<At>;
}) {
  if (branches.length === 0) return <Empty>Nothing.</Empty>;
  return (
    <ul class="tree">
      {branches.map(({ node, how, branches: below }) => (
        <li key={node.id}>
          <span class="tree-node">
            <Link to={host.toPlace(node.at)} title="Show the definition in the editor">
              {node.label}
            </Link>
            <span class="quiet"> {how}</span>
          </span>
          {below.length === 0 ? null : <Branches branches={below} host={host} />}
        </li>
      ))}
    </ul>
  );
}
