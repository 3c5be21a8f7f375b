import type { CheckHook } from '../check/checked.ts';
import type { DescribeHook, ReadHook } from '../model/kind.ts';
import type { PlanHook } from '../plan/metric-plan.ts';

/** One metric type, whole: how it is read, checked, planned and described. One file of this folder makes one. */
export type KindOf<Spec> = ReadHook<Spec> & CheckHook<Spec> & PlanHook<Spec> & DescribeHook<Spec>;

/** A kind whose spec only it looks into. */
export type MetricKind = KindOf<unknown>;

/**
 * Makes a kind. The spec's type is forgotten on purpose: a metric's `spec` is made by its kind's `read` and handed
 * to no other, which the floors keep by looking kinds up by the metric's `type`.
 */
export function defineKind<Spec>(kind: KindOf<Spec>): MetricKind {
  return kind;
}
