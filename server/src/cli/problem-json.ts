import type { Problem } from '../core/base/problem.ts';
import type { Place } from '../core/base/span.ts';
import { pageOf } from '../core/registry.ts';
import { relativeTo } from '../core/workspace/paths.ts';
import { type SourceTexts, textOf } from './source-texts.ts';

interface PositionDocument {
  readonly line: number;
  readonly column: number;
}

/** A place as `schemas/result.schema.json` states it: relative to the project's folder, counted from 1. */
export interface PlaceDocument {
  readonly file: string;
  readonly start: PositionDocument;
  readonly end: PositionDocument;
}

/** A problem as `schemas/result.schema.json` states it. */
export interface ProblemDocument extends PlaceDocument {
  readonly code: string;
  readonly severity: Problem['severity'];
  readonly message: string;
  /** The page of its rule, relative to the root of the package. */
  readonly documentation: string;
  /** How many rows of data break something, and which are the first. */
  readonly count?: number;
  readonly rows?: readonly number[];
}

/** The document of a problem of the project in `folder`. */
export function problemDocument(folder: string, texts: SourceTexts, problem: Problem): ProblemDocument {
  const { code, severity, message, counts = {} } = problem;
  const place = placeDocument(folder, texts, problem);
  return { code, severity, message, ...place, ...counts, documentation: pageOf(code) };
}

/** The document of a place in the project in `folder`. */
export function placeDocument(folder: string, texts: SourceTexts, { file, span }: Place): PlaceDocument {
  const { lines } = textOf(texts, file);
  const at = (offset: number): PositionDocument => {
    const { line, column } = lines.position(offset);
    return { line: line + 1, column: column + 1 };
  };
  return {
    file: relativeTo(folder, file) ?? file,
    start: at(span.start),
    end: at(Math.max(span.start, span.end)),
  };
}
