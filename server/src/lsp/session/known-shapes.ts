import type { Shapes, SourceShape } from '../../core/model/shape.ts';

/** Shapes that were read from headers, with the types of columns that are known already, as long as the headers are the same. */
export function keepTypes(known: Shapes, read: Shapes): Shapes {
  const kept = new Map<string, SourceShape>();
  for (const [name, shape] of read) {
    const before = known.get(name);
    kept.set(name, before !== undefined && hasSameHeaders(before, shape) ? before : shape);
  }
  return kept;
}

/** The next shapes, object for object the known ones where they are equal; if all are, the known map itself. */
export function keepEqual(known: Shapes, next: Shapes): Shapes {
  const kept = new Map<string, SourceShape>();
  let isSame = next.size === known.size;
  for (const [name, shape] of next) {
    const before = known.get(name);
    const equal = before !== undefined && JSON.stringify(before) === JSON.stringify(shape);
    kept.set(name, equal ? before : shape);
    isSame &&= equal;
  }
  return isSame ? known : kept;
}

function hasSameHeaders(one: SourceShape, other: SourceShape): boolean {
  const headers = ({ columns }: SourceShape): string => JSON.stringify(columns?.map(({ header }) => header));
  const rest = ({ files, format, delimiter }: SourceShape): string =>
    JSON.stringify([files, format, delimiter]);
  const isReadable = one.problem === undefined && other.problem === undefined;
  return isReadable && headers(one) === headers(other) && rest(one) === rest(other);
}
