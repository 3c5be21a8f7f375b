import type { WantNumbersParams } from '../../../../server/src/protocol/index.ts';
import type { Forest } from './tree-nodes.ts';

/** More numbers than this are not asked for at once: nobody sees more rows than that. */
export const MAX_WANTED = 400;

/**
 * The numbers that rows show which are in view, project by project.
 *
 * @param open ids of the headings whose rows are shown; the last count most
 */
export function wantedNumbers({ nodes }: Forest, open: ReadonlySet<string>): readonly WantNumbersParams[] {
  const byProject = new Map<string, { readonly metrics: Set<string>; readonly targets: Set<string> }>();
  let count = 0;
  for (const id of [...open].reverse()) {
    for (const child of nodes.get(id)?.children ?? []) {
      const node = nodes.get(child);
      const content = node?.content;
      if (node === undefined || (content?.kind !== 'metric' && content?.kind !== 'target')) continue;
      if (count === MAX_WANTED) break;
      const names = byProject.get(node.project) ?? { metrics: new Set(), targets: new Set() };
      byProject.set(node.project, names);
      names[content.kind === 'metric' ? 'metrics' : 'targets'].add(content.item.name);
      count += 1;
    }
  }
  return [...byProject].map(([uri, { metrics, targets }]) => ({
    textDocument: { uri },
    metrics: [...metrics],
    targets: [...targets],
  }));
}
