/** A row of a tree. Its `id` is the same for the same thing after every change, so that what is open and selected stays so. */
export interface Row<Content> {
  readonly id: string;
  readonly parent: string | undefined;
  readonly content: Content;
  readonly children: readonly string[];
}

/** All rows of a tree by id. */
export interface Rows<One extends Row<unknown>> {
  readonly roots: readonly string[];
  readonly nodes: ReadonlyMap<string, One>;
}

/** The rows whose own look, or whose list of children, is another than before; `all` where rows at the top came, went or moved. */
export function changedRows<Content>(
  before: Rows<Row<Content>>,
  after: Rows<Row<Content>>,
): 'all' | readonly string[] {
  if (before.roots.join('\n') !== after.roots.join('\n')) return 'all';
  const changed: string[] = [];
  for (const [id, row] of after.nodes) {
    const old = before.nodes.get(id);
    // What is new is told by its parent, whose children are others.
    if (old !== undefined && !isSame(old, row)) changed.push(id);
  }
  return changed;
}

function isSame<Content>(one: Row<Content>, other: Row<Content>): boolean {
  return (
    one === other ||
    (one.children.join('\n') === other.children.join('\n') &&
      JSON.stringify(one.content) === JSON.stringify(other.content))
  );
}
