import type { MetricPreview } from '../../core/preview/preview.ts';
import { CohortsSection } from './cohorts-section.tsx';
import { MovementSection } from './movement-section.tsx';
import { StepsSection } from './steps-section.tsx';
import { SurvivalSection } from './survival-section.tsx';

/** What a metric that follows entities shows beside its trend; nothing for others, and until it is there. */
export function PictureSection<At>({ preview }: { readonly preview: MetricPreview<At> }) {
  const { picture, restsOn, shape, about } = preview;
  if (picture === undefined || picture === null) return null;
  switch (picture.kind) {
    case 'cohorts':
      return <CohortsSection picture={picture} restsOn={restsOn} label={about.label} />;
    case 'steps':
      return <StepsSection picture={picture} restsOn={restsOn} label={about.label} />;
    case 'movement':
      return <MovementSection picture={picture} shape={shape} restsOn={restsOn} />;
    case 'survival':
      return <SurvivalSection picture={picture} restsOn={restsOn} label={about.label} />;
  }
}
