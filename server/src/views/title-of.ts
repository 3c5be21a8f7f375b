import type { Preview } from '../core/preview/preview.ts';

/** What a preview is called: the label of what it shows. */
export function titleOf<At>(preview: Preview<At>): string {
  switch (preview.kind) {
    case 'scorecard':
      return preview.file ?? preview.project ?? 'Scorecard';
    case 'comparison': {
      const [only] = preview.metric === null ? [] : preview.metrics;
      return only === undefined ? `Changes since ${preview.before}` : `${only.label} since ${preview.before}`;
    }
    default:
      return preview.about.label;
  }
}
