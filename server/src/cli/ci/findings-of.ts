import type { Problem } from '../../core/base/problem.ts';
import { relativeTo } from '../../core/workspace/paths.ts';
import { type SourceText, type SourceTexts, textOf } from '../source-texts.ts';
import type { CiPartName, Finding, FindingPosition } from './ci-report.ts';
import { fingerprintOf } from './fingerprint.ts';

/** A problem with the part of the work that found it. */
export interface FoundProblem {
  readonly part: CiPartName;
  readonly problem: Problem;
}

/** Problems as findings, none of them known to a baseline yet. Their order is kept. */
export function findingsOf(
  top: string,
  texts: SourceTexts,
  found: readonly FoundProblem[],
): readonly Finding[] {
  const seen = new Map<string, number>();
  return found.map(({ part, problem }) => {
    const source = textOf(texts, problem.file);
    const path = pathFrom(top, problem.file);
    const fingerprint = fingerprintOf(problem, path, source);
    const nth = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, nth);
    return {
      part,
      problem,
      path,
      start: positionIn(source, problem.span.start),
      end: positionIn(source, Math.max(problem.span.start, problem.span.end)),
      fingerprint,
      nth,
      isKnown: false,
    };
  });
}

/** A path from the top of the repository; absolute where it lies outside. */
export function pathFrom(top: string, path: string): string {
  const relative = relativeTo(top, path);
  return relative === '' ? '.' : (relative ?? path);
}

/** The position of an offset, counted from 1. */
export function positionIn({ lines }: SourceText, offset: number): FindingPosition {
  const { line, column } = lines.position(offset);
  return { line: line + 1, column: column + 1 };
}
