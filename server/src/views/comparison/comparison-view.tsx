import type { ComparedDefinition, Comparison, Sides } from '../../core/preview/comparison.ts';
import type { ViewHost } from '../host.ts';
import { Unavailable } from '../parts/about.tsx';
import { Link } from '../parts/link.tsx';
import { Empty } from '../parts/notice.tsx';
import { Section } from '../parts/section.tsx';
import { Line } from '../parts/words.tsx';
import { Contents, type Further, type Placed } from './contents.tsx';
import { DefinitionDiff } from './definition-diff.tsx';
import { DefinitionName, Lines, Part } from './definition-parts.tsx';
import { MetricName, MetricSection, OnlyMetric } from './metric-section.tsx';

interface ComparisonProps<At> {
  readonly preview: Comparison<At>;
  readonly host: ViewHost<At>;
}

/** What is other than in another version: what changed, whom it reaches, and what it does to the numbers. */
export function ComparisonView<At>({ preview, host }: ComparisonProps<At>) {
  return (
    <>
      <ComparisonHeading preview={preview} host={host} />
      <Unavailable reason={preview.unavailable} host={host} />
      {preview.unavailable === null ? <Found preview={preview} host={host} /> : null}
    </>
  );
}

function ComparisonHeading<At>({ preview, host }: ComparisonProps<At>) {
  const { base, metric: name, metrics, before, after, summary } = preview;
  const metric = name === null ? undefined : metrics[0];
  const all = name === null || base === null ? undefined : host.toSubject({ kind: 'comparison', base });
  const between = (
    <>
      from <bdi>{before}</bdi> to <bdi>{after}</bdi>
    </>
  );
  if (name === null)
    return (
      <header class="heading">
        <p class="kind">Comparison</p>
        <h1>Changes {between}</h1>
        {summary.length === 0 ? null : (
          <p>
            <Line words={summary} />
          </p>
        )}
      </header>
    );
  return (
    <header class="heading">
      <p class="kind">Metric, {between}</p>
      <h1>{metric?.label ?? name}</h1>
      {metric === undefined ? null : <MetricName metric={metric} host={host} />}
      {all === undefined ? null : (
        <p class="name">
          <Link to={all}>All changes</Link>
          {summary.length === 0 ? null : (
            <span class="quiet">
              <Line words={summary} />
            </span>
          )}
        </p>
      )}
    </header>
  );
}

function Found<At>({ preview, host }: ComparisonProps<At>) {
  const { before, after, metrics, others, targets, examples, notes, metric } = preview;
  const versions = { before, after };
  const isNothing = [metrics, others, targets, examples].every(({ length }) => length === 0);
  return (
    <>
      {isNothing ? (
        <Empty>{metric === null ? 'Nothing changed by meaning.' : 'Nothing of it changed by meaning.'}</Empty>
      ) : null}
      {notes.length === 0 ? null : (
        <div class="quiet">
          <Lines lines={notes} />
        </div>
      )}
      <Metrics preview={preview} versions={versions} host={host} />
      <Targets preview={preview} host={host} />
      {examples.length === 0 ? null : (
        <Section id="examples" title={TITLES.examples}>
          <Lines lines={examples} />
        </Section>
      )}
      {others.length === 0 ? null : (
        <Section id="others" title={TITLES.others}>
          {others.map((definition, index) => (
            <OtherDefinition key={index} of={definition} versions={versions} host={host} />
          ))}
        </Section>
      )}
    </>
  );
}

/** Of more metrics the definitions and trends are shown when they are asked for. */
const MOST_OPEN = 10;

const TITLES = {
  targets: 'Targets with another status',
  examples: 'Examples that now fail',
  others: 'Other definitions',
} as const;

function Metrics<At>({
  preview,
  versions,
  host,
}: ComparisonProps<At> & { readonly versions: Sides<string> }) {
  const { metrics, metric: only } = preview;
  const [first] = metrics;
  if (only !== null)
    return first === undefined ? null : (
      <OnlyMetric metric={first} versions={versions} id="metric" host={host} />
    );
  const placed = metrics.map((metric, index): Placed<At> => ({ metric, id: idOf(metrics, index) }));
  return (
    <>
      <Contents metrics={placed} further={furtherParts(preview)} />
      {placed.map(({ id, metric }, index) => (
        <MetricSection
          key={id}
          id={id}
          metric={metric}
          versions={versions}
          host={host}
          isFolded={index >= MOST_OPEN}
        />
      ))}
    </>
  );
}

function furtherParts<At>(preview: Comparison<At>): readonly Further[] {
  return (['targets', 'examples', 'others'] as const).flatMap((id) =>
    preview[id].length === 0 ? [] : [{ id, title: TITLES[id] }],
  );
}

/** The name makes an address that can be handed on. One that is none, or that another metric has too, goes by its place. */
function idOf(metrics: readonly { readonly name: string }[], index: number): string {
  const name = metrics[index]?.name ?? '';
  const isFirst = metrics.findIndex((metric) => metric.name === name) === index;
  return isFirst && /^[a-z]\w{0,99}$/.test(name) ? `metric-${name}` : `metric-${index + 1}`;
}

function Targets<At>({ preview: { targets }, host }: ComparisonProps<At>) {
  if (targets.length === 0) return null;
  return (
    <Section id="targets" title={TITLES.targets}>
      <ul class="compared-targets">
        {targets.map(({ words, at }, index) => {
          const place = at === null ? undefined : host.toPlace(at);
          return (
            <li key={index}>
              <Line words={words} />
              {place === undefined ? null : (
                <>
                  {' '}
                  <Link to={place} title="Show the definition in the editor">
                    Definition
                  </Link>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function OtherDefinition<At>({
  of,
  versions,
  host,
}: {
  readonly of: ComparedDefinition<At>;
  readonly versions: Sides<string>;
  readonly host: ViewHost<At>;
}) {
  const { subject, changes, text } = of;
  const title = subject.kind === 'settings' ? 'The settings' : `The ${subject.kind} ${subject.name}`;
  return (
    <div class="compared">
      <Part level={3} title={title}>
        <DefinitionName of={of} was={null} host={host} />
        <Lines lines={changes} />
        <DefinitionDiff name={title} text={text} versions={versions} />
      </Part>
    </div>
  );
}
