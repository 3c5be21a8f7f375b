import type { SurvivalPicture } from '../../core/preview/pictures/picture.ts';
import type { CountedNoun } from '../../core/preview/rests-on.ts';
import { LinesChart } from '../charts/lines-chart.tsx';
import { Section } from '../parts/section.tsx';
import { survivalLines, survivalTable } from './survival.ts';

/** How many are still there at each age, those who have not left yet being censored. */
export function SurvivalSection({
  picture,
  restsOn,
  label,
}: {
  readonly picture: SurvivalPicture;
  readonly restsOn: CountedNoun;
  readonly label: string;
}) {
  return (
    <Section id="survival" title="Survival curve">
      <p class="quiet">
        The share of {restsOn.many} that is still there at each age (Kaplan–Meier). Those that have not ended
        count for as long as they were observed; where few were, the interval is wide.
      </p>
      <LinesChart
        id="survival"
        data={survivalLines(picture, label)}
        table={survivalTable(picture, restsOn, label)}
      />
    </Section>
  );
}
