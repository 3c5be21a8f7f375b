import type { Signatures } from '../../core/analyser.ts';
import { baselineProblem } from '../../core/evaluate/baseline-problem.ts';
import type { TargetResult } from '../../core/evaluate/evaluate-targets.ts';
import type { Known, Need, Numbers } from '../../core/evaluate/numbers.ts';
import type { ExampleResult } from '../../core/evaluate/run-examples.ts';
import type { Finding } from './findings.ts';

/** What the book holds beside what features show: the findings of sources and metrics, by name. */
export type BookNeed = Need | { readonly kind: FindingsOf; readonly name: string };

/** Of what there are findings. */
export type FindingsOf = (typeof FINDINGS)[number];

/** The last three are about the groups that targets, the examples of metrics and journeys name. */
const FINDINGS = [
  'source-findings',
  'metric-findings',
  'segment-findings',
  'target-groups',
  'example-groups',
  'journey-groups',
] as const;

/** Whether a need is for findings. */
export function isForFindings(
  need: BookNeed,
): need is Extract<BookNeed, { readonly kind: FindingsOf; readonly name: string }> {
  return FINDINGS.some((kind) => kind === need.kind);
}

/** More entries than this are not kept: those that nobody looked up for the longest go first. */
const MAX_ENTRIES = 20_000;

interface Entry {
  readonly signature: string;
  /** `undefined` where it could not be computed. */
  readonly value: unknown;
}

/**
 * The numbers of a project that were computed so far, each with the signature of what it rests on. A number whose signature is
 * no longer the current one is stale: it is shown as such until the new one is there.
 */
export class NumbersBook implements Numbers {
  readonly #entries = new Map<string, Entry>();
  /** The needs of those entries that may be problems, which are few. */
  readonly #suspects = new Map<string, BookNeed>();
  readonly #signatures: () => Signatures;
  /** Of what numbers rest on beside definitions: settings and data. */
  readonly #base: () => string;

  constructor(signatures: () => Signatures, base: () => string) {
    this.#signatures = signatures;
    this.#base = base;
  }

  metric = (name: string): ReturnType<Numbers['metric']> => this.#known({ kind: 'metric', name });
  target = (name: string): ReturnType<Numbers['target']> => this.#known({ kind: 'target', name });
  segment = (name: string): ReturnType<Numbers['segment']> => this.#known({ kind: 'segment', name });
  source = (name: string): ReturnType<Numbers['source']> => this.#known({ kind: 'source', name });
  funnel = (name: string): ReturnType<Numbers['funnel']> => this.#known({ kind: 'funnel', name });
  example = (metric: string, index: number): ReturnType<Numbers['example']> =>
    this.#known({ kind: 'example', metric, index });
  column = (source: string, column: string): ReturnType<Numbers['column']> =>
    this.#known({ kind: 'column', source, column });
  findings = (kind: FindingsOf, name: string): Known<readonly Finding[]> | undefined =>
    this.#known({ kind, name });

  /** What was found that may be a problem: findings that there are, examples that did not pass, and targets whose baseline is another. */
  suspects(): readonly BookNeed[] {
    return [...this.#suspects.values()];
  }

  /** A number, of whatever kind. */
  lookUp(need: BookNeed): Known<unknown> | undefined {
    return this.#known(need);
  }

  /** What a number rests on now; `undefined` where there is nothing to compute. */
  signatureOf(need: BookNeed): string | undefined {
    const own = definitionSignature(this.#signatures(), need);
    return own === undefined ? undefined : `${own} ${this.#base()}`;
  }

  /** Whether a number was computed, or could not be, from what it rests on now. */
  isCurrent(need: BookNeed): boolean {
    const signature = this.signatureOf(need);
    return signature === undefined || this.#entries.get(keyOf(need))?.signature === signature;
  }

  /** Notes a number, with the signature of what it was computed from. */
  set(need: BookNeed, signature: string, value: unknown): void {
    const key = keyOf(need);
    this.#entries.delete(key);
    this.#entries.set(key, { signature, value });
    if (isSuspect(need, value)) this.#suspects.set(key, need);
    else this.#suspects.delete(key);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= MAX_ENTRIES) break;
      this.#entries.delete(oldest);
      this.#suspects.delete(oldest);
    }
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The type of a value is that of its need: only `compute-needs.ts` sets any. */
  #known<T>(need: BookNeed): Known<T> | undefined {
    const entry = this.#entries.get(keyOf(need));
    const signature = this.signatureOf(need);
    // Of what is defined no more, an old number would never be replaced.
    if (entry?.value === undefined || signature === undefined) return undefined;
    return { value: entry.value as T, stale: entry.signature !== signature };
  }
}

function isSuspect(need: BookNeed, value: unknown): boolean {
  if (isForFindings(need)) return Array.isArray(value) && value.length > 0;
  if (need.kind === 'target' && value !== undefined) {
    const result = value as TargetResult;
    return baselineProblem(result.target, result).length > 0;
  }
  return need.kind === 'example' && value !== undefined && !(value as ExampleResult).passed;
}

/** The key of a need, equal for equal ones. */
export function keyOf(need: BookNeed): string {
  switch (need.kind) {
    case 'example':
      return `example ${need.metric} ${need.index}`;
    case 'column':
      return `column ${need.source} ${need.column}`;
    default:
      return `${need.kind} ${need.name}`;
  }
}

function definitionSignature(signatures: Signatures, need: BookNeed): string | undefined {
  switch (need.kind) {
    case 'metric':
    case 'funnel':
    case 'metric-findings':
      return signatures.of('metric', need.name);
    case 'target':
    case 'target-groups':
      return signatures.of('target', need.name);
    case 'journey-groups':
      return signatures.of('journey', need.name);
    case 'example-groups':
      return signatures.ofExamples(need.name);
    case 'segment':
    case 'segment-findings':
      return signatures.of('segment', need.name);
    case 'source':
    case 'source-findings':
      return signatures.of('source', need.name);
    case 'column':
      return signatures.of('source', need.source);
    case 'example':
      return signatures.ofExamples(need.metric);
  }
}
