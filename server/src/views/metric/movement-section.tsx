import { formatValue } from '../../core/evaluate/format-value.ts';
import type { MovementPeriod, MovementPicture } from '../../core/preview/pictures/picture.ts';
import type { ValueShape } from '../../core/preview/preview.ts';
import type { CountedNoun } from '../../core/preview/rests-on.ts';
import { LinesChart } from '../charts/lines-chart.tsx';
import { formatOf } from '../parts/numbers.ts';
import { Section } from '../parts/section.tsx';
import { capital } from './cohorts.ts';
import { movementLines, movementShape, movementTable, termsOf } from './movement.ts';

/** Growth accounting: how the opening of each period became its close. */
export function MovementSection({
  picture,
  shape,
  restsOn,
}: {
  readonly picture: MovementPicture;
  readonly shape: ValueShape;
  readonly restsOn: CountedNoun;
}) {
  const label = picture.ofValue ? `Value of ${restsOn.many}` : capital(restsOn.many);
  const last = picture.periods.at(-1);
  const count = picture.periods.length;
  return (
    <Section id="movement" title="Growth accounting">
      {last === undefined ? null : (
        <Account period={last} label={label} shape={movementShape(picture, shape)} />
      )}
      <LinesChart
        id="movement"
        data={movementLines(picture, shape, label)}
        table={movementTable(picture, shape, label)}
      />
      {picture.omitted === 0 ? null : (
        <p class="quiet">
          Drawn are the last {count} of {count + picture.omitted} {picture.grain}s.
        </p>
      )}
    </Section>
  );
}

/** The newest period as the sum that it is. */
function Account({
  period,
  label,
  shape,
}: {
  readonly period: MovementPeriod;
  readonly label: string;
  readonly shape: ValueShape;
}) {
  const write = (value: number): string => formatValue(value, formatOf(shape));
  return (
    <>
      <p class="quiet">
        {label} in {period.period}
      </p>
      <dl class="account">
        <Term sign="" name="Opening" value={write(period.opening)} />
        {termsOf(period).map(({ name, sign, value }) => (
          <Term key={name} sign={sign > 0 ? '+' : '−'} name={name} value={write(value)} />
        ))}
        <Term sign="=" name="Closing" value={write(period.closing)} />
      </dl>
    </>
  );
}

function Term({
  sign,
  name,
  value,
}: {
  readonly sign: string;
  readonly name: string;
  readonly value: string;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {sign === '' ? null : <span class="quiet">{sign} </span>}
        {value}
      </dd>
    </div>
  );
}
