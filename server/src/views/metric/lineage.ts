import type { Lineage, LineageEdge, LineageNode } from '../../core/check/lineage.ts';

/** A definition with what lies behind it. */
export interface LineageBranch<At> {
  readonly node: LineageNode<At>;
  /** What it is to the definition above it: `metric, a part`. */
  readonly how: string;
  readonly branches: readonly LineageBranch<At>[];
}

/** A lineage as two trees from its root. What is reached on several ways is shown on each; what would lead back to itself ends there. */
export function lineageTrees<At>({ root, nodes, edges }: Lineage<At>): {
  readonly restsOn: readonly LineageBranch<At>[];
  readonly usedBy: readonly LineageBranch<At>[];
} {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const branchesOf = (
    id: string,
    way: 'down' | 'up',
    above: readonly string[],
  ): readonly LineageBranch<At>[] =>
    edges.flatMap((edge) => {
      const [here, there] = way === 'down' ? [edge.from, edge.to] : [edge.to, edge.from];
      const node = byId.get(there);
      if (here !== id || node === undefined || above.includes(there)) return [];
      const below = branchesOf(there, way, [...above, there]);
      return [{ node, how: howWords(node, edge, way), branches: below }];
    });
  return { restsOn: branchesOf(root, 'down', [root]), usedBy: branchesOf(root, 'up', [root]) };
}

function howWords<At>(node: LineageNode<At>, { kind, via }: LineageEdge, way: 'down' | 'up'): string {
  const name = node.type === null ? node.kind : `${node.kind}, ${node.type}`;
  switch (kind) {
    case 'part':
      return way === 'down' ? `${name}, a part` : `${name}, made of it`;
    case 'rows':
      return `${name}, its rows`;
    case 'link':
      return via === null ? `${name}, linked` : `${name}, by the link ${via}`;
    case 'breakdown':
      return `${name}, breaks it down`;
    case 'goal':
    case 'stage':
      return name;
  }
}
