import type { MetricPreview } from '../../core/preview/preview.ts';
import { Pending } from '../parts/notice.tsx';
import { Section } from '../parts/section.tsx';
import { CohortsSection } from './cohorts-section.tsx';
import { MovementSection } from './movement-section.tsx';
import { StepsSection } from './steps-section.tsx';
import { SurvivalSection } from './survival-section.tsx';

/** What a metric that follows entities shows beside its trend; nothing for others. */
export function PictureSection<At>({ preview }: { readonly preview: MetricPreview<At> }) {
  const { picture, restsOn, shape, about, type } = preview;
  if (picture === null) return null;
  if (picture === undefined) return <Coming type={type ?? ''} />;
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

/** Keeps the place of a picture that is sure to come. */
function Coming({ type }: { readonly type: string }) {
  const coming = COMING.get(type);
  if (coming === undefined) return null;
  return (
    <Section id={coming.id} title={coming.title}>
      <Pending lines={8} />
    </Section>
  );
}

/** By the type of a metric, as far as the type alone tells. */
const COMING: ReadonlyMap<string, { readonly id: string; readonly title: string }> = new Map([
  ['cohort_retention', { id: 'cohorts', title: 'Cohorts' }],
  ['conversion', { id: 'steps', title: 'Funnel' }],
  ['movement', { id: 'movement', title: 'Growth accounting' }],
  ['tenure', { id: 'survival', title: 'Survival curve' }],
]);
