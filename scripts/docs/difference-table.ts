import { ENGINE_DIFFERENCES } from '../../server/src/core/syntax/expression/engine-differences.ts';
import { table } from './markdown.ts';

/** The table of where expressions mean something else than in the engine that computes them. */
export function differenceTable(): string {
  const rows = Object.values(ENGINE_DIFFERENCES).map(({ example, here, there, text }) => [
    `\`${example}\``,
    here,
    there,
    text,
  ]);
  return table(['expression', 'here', 'DuckDB', 'meaning'], rows);
}
