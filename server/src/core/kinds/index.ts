import { average } from './average.ts';
import { ces } from './ces.ts';
import { churn } from './churn.ts';
import { cohortRetention } from './cohort-retention.ts';
import { conversion } from './conversion.ts';
import { count } from './count.ts';
import { countDistinct } from './count-distinct.ts';
import { csat } from './csat.ts';
import { formula } from './formula.ts';
import type { MetricKind } from './kind.ts';
import { lifetimeValue } from './lifetime-value.ts';
import { max } from './max.ts';
import { median } from './median.ts';
import { min } from './min.ts';
import { movement } from './movement.ts';
import { nps } from './nps.ts';
import { percentile } from './percentile.ts';
import { ratio } from './ratio.ts';
import { retention } from './retention.ts';
import { share } from './share.ts';
import { stddev } from './stddev.ts';
import { sum } from './sum.ts';
import { tenure } from './tenure.ts';

const all: readonly MetricKind[] = [
  count,
  countDistinct,
  sum,
  average,
  median,
  min,
  max,
  stddev,
  percentile,
  share,
  ratio,
  formula,
  nps,
  csat,
  ces,
  movement,
  retention,
  churn,
  cohortRetention,
  tenure,
  conversion,
  lifetimeValue,
];

/** Every metric type, in the order in which the format lists them. A new one is a file of this folder and a line here. */
export const kinds: ReadonlyMap<string, MetricKind> = new Map(all.map((kind) => [kind.type, kind]));
