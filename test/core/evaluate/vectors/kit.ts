import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate } from '../../../../server/src/core/evaluate/evaluate.ts';
import {
  type MetricDocument,
  type ResultDocument,
  resultDocument,
} from '../../../../server/src/core/evaluate/result.ts';
import type { QueryEngine } from '../../../../server/src/core/ports.ts';
import { present } from '../../../kit/present.ts';
import { type OpenProject, withProject } from '../../../kit/reference/run.ts';

/**
 * Values that were published or computed elsewhere, each reached as users reach theirs: from rows, through a project. Those of
 * Kaplan & Meier stand with `tenure`, those of single formulas with the statistics.
 */

const path = join('..', 'shared', 'design', 'vectors.json');
const vectors: Vectors | undefined = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
if (vectors === undefined) console.log(`      (${path} is not here: its values are not compared)`);

export type Counts = Readonly<Record<string, readonly [hits: number, of: number]>>;
export type Answers = readonly [promoters: number, passives: number, detractors: number];

export interface Vectors {
  readonly retention_definitions: {
    readonly data: Readonly<
      Record<'start' | 'lost_of_start' | 'new' | 'new_lost_same_period' | 'reactivated' | 'end', number>
    >;
    readonly 'CRR_exact_flag_based = retained_of_start/start': number;
    readonly 'churn_opening_base = lost_of_start/start': number;
    readonly 'churn_average_base = (10+3)/((100+109)/2)': number;
    readonly 'churn_all_losses/opening': number;
    readonly 'churn_opening_plus_new = 13/122': number;
  };
  readonly revenue_retention: {
    readonly data: Readonly<
      Record<'start_mrr' | 'expansion' | 'contraction' | 'churned' | 'new' | 'reactivation', number>
    >;
    readonly NRR: number;
    readonly GRR: number;
    readonly gross_revenue_churn: number;
    readonly per_customer_case: {
      readonly start: Readonly<Record<string, number>>;
      readonly end: Readonly<Record<string, number>>;
      readonly NRR: number;
      readonly GRR: number;
      readonly logo_retention: number;
    };
  };
  readonly average_customer_profit: {
    readonly case: {
      readonly customers: readonly (Readonly<
        Record<'id' | 'rev' | 'units' | 'std_cost' | 'tickets' | 'cost_per_ticket', number>
      > & { readonly seg: string })[];
      readonly ACP: Readonly<Record<string, number>>;
    };
    readonly ACP_total: number;
  };
  readonly csat_ces_forms: {
    readonly csat_x: readonly number[];
    readonly csat_5pt_top2: Form;
    readonly ces2_x: readonly number[];
    readonly 'ces2_7pt_top3_agree(5-7)': Form;
    readonly ces2_mean: number;
    readonly 'ces2_index = %(6-7) - %(1-3)': number;
    readonly published_check: {
      readonly 'counts 1..7': readonly number[];
      readonly n: number;
      readonly published_mean: number;
    };
  };
  readonly nps: {
    readonly cases: readonly {
      readonly promoters: number;
      readonly passives: number;
      readonly detractors: number;
      readonly n: number;
      readonly nps: number | null;
      readonly adjusted_wald?: { readonly ci_points: readonly [number, number] };
    }[];
  };
  readonly nps_change: {
    readonly cases: readonly {
      readonly a: Answers;
      readonly b: Answers;
      readonly wald: { readonly diff_points: number };
      readonly adjusted_wald: { readonly p_two_sided: number };
    }[];
  };
  readonly welch_difference: {
    readonly cases: readonly {
      readonly a: readonly number[];
      readonly b: readonly number[];
      readonly diff: number;
      readonly p: number;
    }[];
  };
  readonly newcombe_difference_95: {
    readonly cases: readonly Readonly<
      Record<'x1' | 'n1' | 'x2' | 'n2' | 'diff' | 'lower' | 'upper', number>
    >[];
  };
  readonly kitagawa: {
    readonly cases: readonly {
      readonly old: Counts;
      readonly new: Counts;
      readonly total_old: number;
      readonly total_new: number;
      readonly rate_effect: number;
      readonly mix_effect: number;
      readonly segments: readonly {
        readonly segment: string;
        readonly w_old: number;
        readonly w_new: number;
        readonly rate_effect: number;
        readonly mix_effect_centred: number;
      }[];
    }[];
  };
  readonly target_attainment: {
    readonly higher_better: Attainment & { readonly progress_from_baseline: number };
    readonly 'lower_better (churn)': Attainment & { readonly 'progress_from_baseline (b-v)/(b-t)': number };
  };
  readonly trend: {
    readonly cases: readonly {
      readonly name: string;
      readonly y?: readonly number[];
      readonly theil_sen: number;
      readonly mann_kendall: { readonly p: number; readonly tau: number };
    }[];
  };
}

interface Form {
  readonly n: number;
  readonly top_box: number;
  readonly mean: number;
  readonly wilson: readonly [number, number];
  readonly mean_rescaled_0_100: number;
}

export interface Attainment {
  readonly value: number;
  readonly target: number;
  readonly baseline: number;
}

/** Fails unless a value is the expected one, but for what doubles leave of it. */
export const near = (actual: number | null | undefined, expected: number, within = 1e-9): void =>
  assert.ok(
    Math.abs((actual ?? Number.NaN) - expected) <= within * Math.max(1, Math.abs(expected)),
    `${actual} is not ${expected}`,
  );

/** A row as often as it occurs. */
export const times = (count: number, row: string): readonly string[] =>
  Array.from({ length: count }, () => row);

/** A test that needs the vectors. */
export function passes(title: string, test: (known: Vectors) => Promise<void>): void {
  it(title, async () => (vectors === undefined ? undefined : test(vectors)));
}

/** Evaluates a project of CSV tables that must have no errors. */
export function withTables<T>(
  engine: QueryEngine,
  definitions: object,
  tables: Readonly<Record<string, readonly string[]>>,
  use: (result: ResultDocument, project: OpenProject) => T | Promise<T>,
): Promise<T> {
  const files = {
    'plumbline.yaml': 'plumbline: 1\n',
    'a.metrics.yaml': JSON.stringify({ plumbline: 1, ...definitions }),
    ...Object.fromEntries(
      Object.entries(tables).map(([name, lines]) => [`${name}.csv`, `${lines.join('\n')}\n`]),
    ),
  };
  return withProject(engine, files, async (project) => {
    const errors = project.analysis.problems.filter(({ severity }) => severity === 'error');
    assert.deepEqual(
      errors.map(({ message }) => message),
      [],
    );
    const evaluation = await evaluate(project.evaluator, { ownSegments: true });
    return use(resultDocument(project.evaluator.checked, evaluation), project);
  });
}

/** What is told of a metric. */
export function documentOf({ metrics }: ResultDocument, name: string): MetricDocument {
  return present(metrics.find(({ metric }) => metric === name));
}

/** The value of a metric in a period, the only one where none is named, in total or of a group. */
export function numberOf(
  result: ResultDocument,
  name: string,
  period = 'all',
  group: Readonly<Record<string, string>> = {},
): MetricDocument['values'][number] {
  const { values } = documentOf(result, name);
  const key = JSON.stringify(group);
  return present(
    values.find((each) => each.period === period && JSON.stringify(each.group) === key),
    `${name} in ${period}`,
  );
}

/** The scores of so many promoters, passives and detractors. */
export const scores = ([promoters, passives, detractors]: Answers): readonly string[] => [
  ...times(promoters, '9'),
  ...times(passives, '8'),
  ...times(detractors, '6'),
];
