import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chainWords, postOrder } from '../../../server/src/core/base/graph.ts';

type Edges = readonly (readonly number[])[];

/** Whether `to` can be reached from `from` over at least one edge, by trying everything. */
function reaches(edges: Edges, from: number, to: number): boolean {
  const seen = new Set<number>();
  const open = [...(edges[from] ?? [])];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === to) return true;
    if (!seen.has(node)) open.push(...(edges[node] ?? []));
    seen.add(node);
  }
  return false;
}

const graphs = fc
  .integer({ min: 1, max: 8 })
  .chain((size) =>
    fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 3 }), { minLength: size, maxLength: size }),
  );

describe('base: postOrder', () => {
  it('puts every node behind those it leads to, unless they lead back to it', () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        const { order } = postOrder(edges.keys(), (node) => edges[node] ?? []);
        assert.deepEqual([...order].sort(), [...edges.keys()]);
        for (const [from, list] of edges.entries()) {
          for (const to of list) {
            if (!reaches(edges, to, from)) assert.ok(order.indexOf(to) < order.indexOf(from));
          }
        }
      }),
    );
  });

  it('finds a cycle where there is one, as a chain of edges', () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        const { cycles } = postOrder(edges.keys(), (node) => edges[node] ?? []);
        const isCyclic = [...edges.keys()].some((node) => reaches(edges, node, node));
        assert.equal(cycles.length > 0, isCyclic);
        for (const { from, to, chain } of cycles) {
          assert.equal(chain[0], to);
          assert.equal(chain.at(-1), to);
          assert.equal(chain.at(-2), from);
          for (let i = 0; i + 1 < chain.length; i++)
            assert.ok(edges[chain[i] ?? -1]?.includes(chain[i + 1] ?? -1));
        }
      }),
    );
  });

  it('does not run out of stack', () => {
    const { order } = postOrder([0], (node) => (node < 200_000 ? [node + 1] : []));
    assert.equal(order.length, 200_001);
  });
});

describe('base: chainWords', () => {
  it('shows a long chain by its ends', () => {
    assert.equal(chainWords(['a', 'b', 'a']), 'a → b → a');
    const long = Array.from({ length: 20 }, (_, index) => `n${index}`);
    assert.equal(chainWords(long), 'n0 → n1 → n2 → n3 → n4 → n5 → … → n15 → n16 → n17 → n18 → n19');
  });
});
