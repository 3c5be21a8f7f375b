import type { FunnelPart, Reach } from './numbers.ts';

/** The step that leaves the rows of the period: `in 2025-03`, `from 2025-03-01 to 2025-06-30, which tell of 2025-03`. */
export function periodStep({ period, reach }: Pick<FunnelPart, 'period' | 'reach'>): string {
  return reach === undefined ? `in ${period}` : `${reachWords(reach)}, which tell of ${period}`;
}

/** The step that leaves the rows that count; rows beyond a horizon are still there, as each entity has a horizon of its own. */
export function countedStep({ reach, horizon }: Pick<FunnelPart, 'reach' | 'horizon'>): string {
  if (horizon !== undefined)
    return `that belong to an entity, also those more than ${horizon} after its first`;
  return reach === undefined ? 'with a value that counts' : 'that belong to an entity';
}

/** The days in words: `from 2025-03-01 to 2025-06-30`, `up to 2025-06-30`. */
export function reachWords({ from, to }: Reach): string {
  return from === null ? `up to ${to}` : `from ${from} to ${to}`;
}
