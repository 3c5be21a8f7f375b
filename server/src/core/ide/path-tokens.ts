import type { Checked } from '../check/checked.ts';
import type { ExpressionToken } from './expression-tokens.ts';

/**
 * The words of a path outside of expressions, such as `account.region.name`, a raw header, or a chain of links. Behind the
 * last word that is a link all is one column, since headers may hold dots.
 */
export function pathTokens(checked: Checked, text: string, source: string): readonly ExpressionToken[] {
  const tokens: ExpressionToken[] = [];
  let home: string | undefined = source;
  let start = 0;
  while (home !== undefined && start < text.length) {
    const rest = text.slice(start);
    const dot = rest.indexOf('.');
    const word = dot < 0 ? rest : rest.slice(0, dot);
    const columns = checked.columns.get(home)?.columns;
    const isLink: boolean = checked.project.sources.get(home)?.links.has(word) === true;
    if (columns?.has(rest) === true || !isLink) {
      const span = { start, end: text.length };
      tokens.push({ span, text: rest, meaning: { kind: 'column', source: home, column: rest } });
      return tokens;
    }
    const end = start + word.length;
    tokens.push({ span: { start, end }, text: word, meaning: { kind: 'link', source: home, link: word } });
    home = checked.follow(home, [word]);
    start = end + 1;
  }
  return tokens;
}
