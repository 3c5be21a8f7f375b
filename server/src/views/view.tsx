import type { Preview } from '../core/preview/preview.ts';
import type { Subject } from '../core/preview/subject.ts';
import { ComparisonView } from './comparison/comparison-view.tsx';
import type { ViewHost } from './host.ts';
import { JourneyView } from './journey/journey-view.tsx';
import { MetricView } from './metric/metric-view.tsx';
import { ScorecardView } from './scorecard/scorecard-view.tsx';
import { SegmentView } from './segment/segment-view.tsx';
import { SourceView } from './source/source-view.tsx';
import { TargetView } from './target/target-view.tsx';

/** What a preview shows, whatever it is. */
export function View<At>({ preview, host }: { readonly preview: Preview<At>; readonly host: ViewHost<At> }) {
  switch (preview.kind) {
    case 'metric':
      return <MetricView preview={preview} host={host} />;
    case 'segment':
      return <SegmentView preview={preview} host={host} />;
    case 'target':
      return <TargetView preview={preview} host={host} />;
    case 'source':
      return <SourceView preview={preview} host={host} />;
    case 'scorecard':
      return <ScorecardView preview={preview} host={host} />;
    case 'journey':
      return <JourneyView preview={preview} host={host} />;
    case 'comparison':
      return <ComparisonView preview={preview} host={host} />;
  }
}

/** What a preview is about. */
export function subjectOf<At>(preview: Preview<At>): Subject {
  switch (preview.kind) {
    case 'scorecard':
      return preview.file === null ? { kind: 'scorecard' } : { kind: 'scorecard', file: preview.file };
    case 'comparison': {
      const { base, metric } = preview;
      return { kind: 'comparison', base: base ?? NO_BASE, ...(metric !== null && { metric }) };
    }
    default:
      return { kind: preview.kind, name: preview.about.name };
  }
}

/** Of versions that are none of git: nobody asks for such a comparison by what it is about. */
const NO_BASE = { ref: '', mergeBase: false };
