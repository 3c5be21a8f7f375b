import type { Comparison } from '../core/preview/comparison.ts';
import { PrintedContext, type ViewHost } from '../views/host.ts';
import { titleOf } from '../views/title-of.ts';
import { View } from '../views/view.tsx';
import { renderDocument } from './render-document.tsx';

/**
 * A comparison as a page that stands alone: no other page is there to lead to.
 *
 * @param name that of the project
 */
export function comparisonPage(name: string, comparison: Comparison<string>): string {
  return renderDocument({
    name,
    title: titleOf(comparison),
    trail: <div class="trail quiet">{name}</div>,
    footer: <p>Written by "plumbline diff".</p>,
    children: (
      <PrintedContext.Provider value={true}>
        <View preview={comparison} host={ALONE} />
      </PrintedContext.Provider>
    ),
  });
}

/** Where things stand is told in words. */
const ALONE: ViewHost<string> = {
  toPlace: () => undefined,
  placeWords: (at) => at,
  toSubject: () => undefined,
};
