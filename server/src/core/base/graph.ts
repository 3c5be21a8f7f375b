/** An edge that leads back to a node that is still being visited. */
export interface Cycle<Node> {
  readonly from: Node;
  readonly to: Node;
  /** From `to` along the edges to `from`, and `to` once more. */
  readonly chain: readonly Node[];
}

/** Nodes in an order in which each stands behind those that it leads to, as far as there is one. */
export interface PostOrder<Node> {
  readonly order: readonly Node[];
  /** Every edge that had to be left out for the order, at most 200. */
  readonly cycles: readonly Cycle<Node>[];
}

/** A graph with more cycles than this is one tangle; the rest of them would say nothing new. */
const MAX_CYCLES = 200;

/**
 * Visits everything that `roots` lead to, depth first and without recursion, so that no input can exhaust the stack. Takes
 * time in proportion to the edges.
 */
export function postOrder<Node>(
  roots: Iterable<Node>,
  next: (node: Node) => readonly Node[],
): PostOrder<Node> {
  const order: Node[] = [];
  const cycles: Cycle<Node>[] = [];
  const state = new Map<Node, 'open' | 'done'>();
  for (const root of roots) {
    if (state.has(root)) continue;
    state.set(root, 'open');
    const open: { readonly node: Node; readonly next: readonly Node[]; at: number }[] = [
      { node: root, next: next(root), at: 0 },
    ];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const to = top.next[top.at++];
      if (to === undefined) {
        state.set(top.node, 'done');
        order.push(top.node);
        open.pop();
      } else if (state.get(to) === undefined) {
        state.set(to, 'open');
        open.push({ node: to, next: next(to), at: 0 });
      } else if (state.get(to) === 'open' && cycles.length < MAX_CYCLES) {
        const nodes = open.map(({ node }) => node);
        cycles.push({ from: top.node, to, chain: [...nodes.slice(nodes.indexOf(to)), to] });
      }
    }
  }
  return { order, cycles };
}

/** A chain of names in words: `a → b → a`; of a long one the beginning and the end. */
export function chainWords(chain: readonly string[]): string {
  const shown = chain.length <= 12 ? chain : [...chain.slice(0, 6), '…', ...chain.slice(-5)];
  return shown.join(' → ');
}
