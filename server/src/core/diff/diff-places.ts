import { LineIndex } from '../base/line-index.ts';
import type { Place } from '../base/span.ts';
import { relativeTo } from '../workspace/paths.ts';
import type { DiffSide } from './side.ts';

/** A line and a column, both from 1, in a file relative to the root of its version. */
export interface DiffPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The place of something in one of the versions; null for nothing. */
export type DiffPlaceOf = (side: 'before' | 'after', place: Place | undefined) => DiffPlace | null;

/** Says where something stands in one of two versions. Each file is looked through once. */
export function diffPlaces(before: DiffSide, after: DiffSide): DiffPlaceOf {
  const sides = { before, after };
  const lines = new Map<string, LineIndex>();
  return (side, place) => {
    if (place === undefined) return null;
    const { loaded } = sides[side];
    const key = `${side} ${place.file}`;
    const index = lines.get(key) ?? new LineIndex(textOf(loaded, place.file));
    lines.set(key, index);
    const { line, column } = index.position(place.span.start);
    const { folder } = loaded.project;
    return { file: relativeTo(folder, place.file) ?? place.file, line: line + 1, column: column + 1 };
  };
}

function textOf({ texts, settings }: DiffSide['loaded'], file: string): string {
  const own = settings?.file.path === file ? settings.file.text : undefined;
  return texts.get(file)?.text ?? (typeof own === 'string' ? own : '');
}
