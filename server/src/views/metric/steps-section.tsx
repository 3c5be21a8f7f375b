import type { StepPicture } from '../../core/preview/pictures/picture.ts';
import type { CountedNoun } from '../../core/preview/rests-on.ts';
import { Bar } from '../parts/bar.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { counted, countText } from '../parts/numbers.ts';
import { Section } from '../parts/section.tsx';
import { narrowestStep, stepsTable, whenWords } from './steps.ts';

/** The funnel of a conversion: how many come as far as each step. */
export function StepsSection({
  picture,
  restsOn,
  label,
}: {
  readonly picture: StepPicture;
  readonly restsOn: CountedNoun;
  readonly label: string;
}) {
  const { steps, period, within } = picture;
  const first = steps[0]?.entities ?? 0;
  const table = stepsTable(picture, restsOn, label);
  const narrowest = steps.length > 2 ? narrowestStep(picture) : undefined;
  const share = (index: number): number => (first === 0 ? 0 : (steps[index]?.entities ?? 0) / first);
  return (
    <Section id="steps" title="Funnel">
      <p class="quiet">
        Of {counted(first, restsOn.one, restsOn.many)} that took the first step{whenWords(period)},{' '}
        {countText(steps.at(-1)?.entities ?? 0)} took all of them, in order and within {within}.
        {narrowest === undefined
          ? ''
          : ` The largest part is lost between “${narrowest.from}” and “${narrowest.to}”.`}
      </p>
      <DataTable
        caption="quiet"
        table={{
          ...table,
          columns: [...table.columns, { label: 'Share' }],
          rows: table.rows.map((row, index) => [
            ...row,
            { text: '', shown: <Bar share={share(index)} before={share(Math.max(0, index - 1))} /> },
          ]),
        }}
      />
    </Section>
  );
}
