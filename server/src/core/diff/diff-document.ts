import { plainWords } from '../ide/prose/plain.ts';
import type { Cause } from './affected.ts';
import { type DiffPlaceOf, diffPlaces } from './diff-places.ts';
import type { Fact } from './fact.ts';
import type { MetricEffect, ProjectDiff } from './project-diff.ts';
import type { DiffSide } from './side.ts';

/**
 * The stable form of a comparison: what `plumbline diff --format json` prints, as `schemas/diff.schema.json` states it. Fields may be
 * added, never changed. The face adds what it knows of where the versions came from.
 *
 * @param most metrics and facts at most; what is left out is counted in `left_out`
 */
export function diffDocument(diff: ProjectDiff, before: DiffSide, after: DiffSide, most = 10_000) {
  const place = diffPlaces(before, after);
  const facts = diff.facts.slice(0, most);
  const metrics = diff.metrics.slice(0, most);
  return {
    facts: facts.map((fact) => factDocument(fact, place)),
    data: diff.data,
    data_rows: diff.dataRows,
    metrics: metrics.map(metricDocument),
    targets: diff.flips.slice(0, most),
    examples: diff.failures.slice(0, most),
    counts: diff.counts,
    left_out: {
      facts: diff.facts.length - facts.length,
      metrics: diff.metrics.length - metrics.length,
      targets: Math.max(0, diff.flips.length - most),
      examples: Math.max(0, diff.failures.length - most),
    },
  };
}

function factDocument(fact: Fact, place: DiffPlaceOf) {
  const { subject, change, path, class: of, words, was, is } = fact;
  return {
    kind: subject.kind,
    name: subject.name,
    change,
    field: path.join('.'),
    class: of,
    words: plainWords(words),
    before: place('before', fact.before),
    after: place('after', fact.after),
    was: was ?? null,
    is: is ?? null,
  };
}

function metricDocument(effect: MetricEffect) {
  const { affected, label, format, isUnmeant, grain, refused, headline, last, largest } = effect;
  return {
    metric: affected.name,
    was: affected.was ?? null,
    label,
    unit: format.unit,
    class: affected.class,
    unmeant: isUnmeant,
    causes: affected.causes.map(causeDocument),
    data: affected.data,
    grain,
    error: refused,
    headline,
    last,
    largest: largest ?? null,
    compared: effect.compared,
    moved: effect.moved,
    lost: effect.lost,
    clauses: effect.clauses,
    rows: effect.rows,
  };
}

function causeDocument({ fact, through, reaches }: Cause) {
  return {
    through,
    kind: fact.subject.kind,
    name: fact.subject.name,
    field: fact.path.join('.'),
    words: plainWords(fact.words),
    reaches,
  };
}
