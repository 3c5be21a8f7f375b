import type { Fact } from '../../../server/src/core/diff/fact.ts';

/** What a fact says, from whichever side it is seen. */
export function told({ subject, change, path, was, is }: Fact): string {
  return JSON.stringify([subject.kind, subject.name, change, path, was ?? null, is ?? null]);
}

/** What the same comparison says from the other side. */
export function inverted(fact: Fact): string {
  const { subject, change, path, was, is } = fact;
  const other = change === 'added' ? 'removed' : change === 'removed' ? 'added' : change;
  const name = change === 'renamed' ? (was ?? '') : subject.name;
  return JSON.stringify([subject.kind, name, other, path, is ?? null, was ?? null]);
}
