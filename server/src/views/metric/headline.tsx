import { GRAINS } from '../../core/base/period.ts';
import { formatValue } from '../../core/evaluate/format-value.ts';
import type { HeadlineDocument, TargetDocument } from '../../core/evaluate/result.ts';
import { trendWords } from '../../core/evaluate/trend-words.ts';
import { isClearChange } from '../../core/evaluate/verdict.ts';
import type { MetricPreview, ValueShape } from '../../core/preview/preview.ts';
import type { CountedNoun } from '../../core/preview/rests-on.ts';
import type { ViewHost } from '../host.ts';
import { Fact, Facts } from '../parts/facts.tsx';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { Empty } from '../parts/notice.tsx';
import {
  type ChangedNumber,
  changeText,
  changeTone,
  counted,
  direction,
  formatOf,
  intervalText,
  unclearWords,
} from '../parts/numbers.ts';
import { Status } from '../parts/status.tsx';

/** The value that a metric is known by, with all that it takes to judge it. */
export function Headline<At>({
  preview: { result, shape, restsOn, targets },
  host,
}: {
  readonly preview: MetricPreview<At>;
  readonly host: ViewHost<At>;
}) {
  const headline = result?.headline ?? null;
  if (headline === null) return <Empty>There is no complete period with a value.</Empty>;
  return (
    <div class="headline">
      <div class="headline-value">
        <span class="value">{formatValue(headline.value, formatOf(shape))}</span>
        <span class="quiet">in {headline.period}</span>
      </div>
      <Standing headline={headline} shape={shape} restsOn={restsOn} trend={trendText(result, shape)} />
      {targets === undefined || targets.length === 0 ? null : (
        <ul class="target-list" aria-label="Targets">
          {targets.map(({ target }) => (
            <li key={target.target}>
              <Status status={target.status} />
              <span>
                <Link to={host.toSubject({ kind: 'target', name: target.target })}>{target.label}</Link>
                <span class="quiet"> ({goalWords(target, shape)})</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Where the total is heading, in words; null where there are too few periods. */
function trendText<At>(result: MetricPreview<At>['result'], shape: ValueShape): string | null {
  const trend = result?.trends.find(({ group }) => Object.keys(group).length === 0);
  const grain = GRAINS.find((each) => each === result?.grain);
  return trend === undefined || grain === undefined ? null : trendWords(trend, grain, formatOf(shape));
}

function Standing({
  headline,
  shape,
  restsOn,
  trend,
}: {
  readonly headline: HeadlineDocument;
  readonly shape: ValueShape;
  readonly restsOn: CountedNoun;
  readonly trend: string | null;
}) {
  const { change, previous, n } = headline;
  return (
    <Facts>
      <Fact term="Change">
        {change === null ? (
          'no period before'
        ) : (
          <>
            <Change of={headline} shape={shape} />
            <span class="quiet"> from {formatValue(previous, formatOf(shape))}</span>
          </>
        )}
      </Fact>
      <Fact term="Heading">{trend}</Fact>
      <Fact term="95 % interval">{intervalText(headline, shape)}</Fact>
      <Fact term="Rests on">{counted(n, restsOn.one, restsOn.many)}</Fact>
    </Facts>
  );
}

/** A change with a picture of its direction; in words whether that is for the better. */
export function Change({ of, shape }: { readonly of: ChangedNumber | null; readonly shape: ValueShape }) {
  if (of === null || of.change === null) return <>–</>;
  const { change, verdict } = of;
  // What may be chance is neither good nor bad.
  const tone = isClearChange(verdict) ? changeTone(change, shape) : 'none';
  const way = verdict === 'no_clear_change' ? 'none' : direction(change, shape);
  const words = isClearChange(verdict) ? { good: 'better', bad: 'worse', none: '' }[tone] : unclearWords(of);
  return (
    <span class={`change ${tone}`}>
      {way === 'none' ? null : <Icon name={way} />}
      {changeText(change, shape)}
      {words === '' ? null : <span class="change-words"> {words}</span>}
    </span>
  );
}

/** What a target asks for: `at least 30 by 2024-Q4`. */
export function goalWords({ goal, period, segment }: TargetDocument, shape: ValueShape): string {
  const write = (value: number | undefined): string => formatValue(value ?? null, formatOf(shape));
  const of = segment === null ? '' : ` in ${segment}`;
  const at = period === '' ? '' : `, ${period}`;
  if ('at_least' in goal) return `at least ${write(goal.at_least)}${of}${at}`;
  if ('at_most' in goal) return `at most ${write(goal.at_most)}${of}${at}`;
  return 'between' in goal ? `between ${write(goal.between[0])} and ${write(goal.between[1])}${of}${at}` : '';
}
