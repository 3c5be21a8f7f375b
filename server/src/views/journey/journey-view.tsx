import type { JourneyMap, JourneyMetric } from '../../core/preview/preview.ts';
import type { ViewHost } from '../host.ts';
import { Change } from '../metric/headline.tsx';
import { AboutSection, Heading, Unavailable } from '../parts/about.tsx';
import { Link } from '../parts/link.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { Sparkline } from '../parts/sparkline.tsx';
import { Prose } from '../parts/words.tsx';
import { TargetStatuses, Value } from '../scorecard/scorecard-table.tsx';

/** A journey: its stages side by side, or one below the other where there is no room. */
export function JourneyView<At>({
  preview,
  host,
}: {
  readonly preview: JourneyMap<At>;
  readonly host: ViewHost<At>;
}) {
  const { about, segment, group, stages } = preview;
  return (
    <>
      <Heading kind="Journey" about={about} host={host}>
        {segment === null ? null : (
          <span>
            of{' '}
            <Link to={host.toSubject({ kind: 'segment', name: group?.segment ?? segment })}>{segment}</Link>
          </span>
        )}
      </Heading>
      <Unavailable reason={about.unavailable} host={host} />
      {/* What is in its stages is said by the map. */}
      <Prose blocks={about.words.filter(({ kind }) => kind === 'paragraph')} />
      {group === null ? null : (
        <p class="quiet">
          Values are those of {group.label}. Where a metric cannot be broken down so, they are those of all,
          which it says.
        </p>
      )}
      <Scroll label={`Stages of ${about.label}`} name="journey">
        <ol>
          {stages.map((stage, index) => (
            <Stage key={stage.name} stage={stage} number={index + 1} group={group} host={host} />
          ))}
        </ol>
      </Scroll>
      <AboutSection about={about} />
    </>
  );
}

function Stage<At>({
  stage,
  number,
  group,
  host,
}: {
  readonly stage: JourneyMap<At>['stages'][number];
  readonly number: number;
  readonly group: JourneyMap['group'];
  readonly host: ViewHost<At>;
}) {
  return (
    <li class="stage">
      <h2>
        <span class="stage-number" aria-hidden="true">
          {number}
        </span>
        <Link to={host.toPlace(stage.at)} title="Show the stage in the editor">
          {stage.label}
        </Link>
      </h2>
      <h3>Pains</h3>
      <ul class="pains">
        {stage.pains.length === 0 ? <li class="quiet">none named</li> : null}
        {stage.pains.map((pain) => (
          <li key={pain}>{pain}</li>
        ))}
      </ul>
      <h3>Metrics</h3>
      <ul class="plain stack">
        {stage.metrics.length === 0 ? <li class="quiet">nothing is measured here</li> : null}
        {stage.metrics.map((row) => (
          <MetricCard key={row.name} row={row} group={group} host={host} />
        ))}
      </ul>
    </li>
  );
}

function MetricCard<At>({
  row,
  group,
  host,
}: {
  readonly row: JourneyMetric<At>;
  readonly group: JourneyMap['group'];
  readonly host: ViewHost<At>;
}) {
  const { name, label, at, shape, headline, trend, targets } = row;
  return (
    <li class="card">
      <Link to={host.toSubject({ kind: 'metric', name }) ?? host.toPlace(at)}>{label}</Link>
      {group === null ? null : <div class="quiet">of {row.isOfAll ? 'all' : group.label}</div>}
      <div class="card-row">
        <Value row={row} />
        <Sparkline values={trend} shape={shape} />
      </div>
      {headline?.change == null ? null : <Change of={headline} shape={shape} />}
      {targets.length === 0 ? null : <TargetStatuses row={row} host={host} />}
    </li>
  );
}
