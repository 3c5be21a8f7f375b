import type { Cancel } from '../../server/src/core/base/cancel.ts';
import type { Place } from '../../server/src/core/base/span.ts';
import type { Evaluator } from '../../server/src/core/evaluate/evaluate.ts';
import type { Known, Need, Numbers } from '../../server/src/core/evaluate/numbers.ts';
import { kinds } from '../../server/src/core/kinds/index.ts';
import type { Preview } from '../../server/src/core/preview/preview.ts';
import type { PreviewWork } from '../../server/src/core/preview/preview-work.ts';
import { pathOf } from '../../server/src/core/syntax/units/unit-id.ts';
import { computeNeeds } from '../../server/src/lsp/session/compute-needs.ts';
import { type BookNeed, keyOf } from '../../server/src/lsp/session/numbers-book.ts';

/** What previews are made with in a test, and what was told meanwhile. */
export interface TestWork extends PreviewWork<string> {
  readonly shown: readonly Preview<string>[];
  /** `1/5`, as progress was told. */
  readonly steps: readonly string[];
  /** How many numbers were asked for each time. */
  readonly rounds: readonly number[];
}

export interface TestWorkOptions {
  /** Where false nothing is evaluated, as in a workspace that is not trusted. */
  readonly isEvaluated?: boolean;
  readonly signal?: Cancel;
}

/** Makes previews of a project on its data, with places as `file.yaml: the text there`. */
export function testWork(evaluator: Evaluator, options: TestWorkOptions = {}): TestWork {
  const { isEvaluated = true, signal = new AbortController().signal } = options;
  const shown: Preview<string>[] = [];
  const steps: string[] = [];
  const rounds: number[] = [];
  const book = new Map<string, unknown>();
  const store = {
    set: (need: BookNeed, value: unknown) => void book.set(keyOf(need), value),
    show: () => {},
  };
  return {
    shown,
    steps,
    rounds,
    signal,
    context: { checked: evaluator.checked, problems: [], numbers: isEvaluated ? numbersOf(book) : undefined },
    kinds,
    at: (place) => writtenAt(evaluator, place),
    evaluator: async () => (isEvaluated ? evaluator : undefined),
    async compute(needs, progress) {
      rounds.push(needs.length);
      await computeNeeds(evaluator, needs, store, { plans: 0 }, signal);
      progress(needs.length);
    },
    show: (preview) => void shown.push(preview),
    progress: (done, total) => void steps.push(`${done}/${total}`),
  };
}

/** Places are those of units; the characters there tell whether they are right. */
function writtenAt({ checked }: Evaluator, { file, span }: Place): string {
  const unit = checked.project.files.find(({ path }) => path === file);
  const path = pathOf(file);
  return `${path.slice(path.lastIndexOf('/') + 1)}: ${unit?.text.slice(span.start, span.end)}`;
}

function numbersOf(book: ReadonlyMap<string, unknown>): Numbers {
  const known = <T>(need: Need): Known<T> | undefined => {
    const value = book.get(keyOf(need));
    return value === undefined ? undefined : { value: value as T, stale: false };
  };
  return {
    metric: (name) => known({ kind: 'metric', name }),
    target: (name) => known({ kind: 'target', name }),
    segment: (name) => known({ kind: 'segment', name }),
    source: (name) => known({ kind: 'source', name }),
    funnel: (name) => known({ kind: 'funnel', name }),
    example: (metric, index) => known({ kind: 'example', metric, index }),
    column: (source, column) => known({ kind: 'column', source, column }),
  };
}
