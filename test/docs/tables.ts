import { headingsOf } from '../../scripts/docs/markdown.ts';

/** The rows of the tables below a heading that begins with these words, column heads left out; cells without their quotes. */
export function tablesUnder(markdown: string, heading: string): readonly (readonly (readonly string[])[])[] {
  const headings = headingsOf(markdown);
  const index = headings.findIndex(({ title }) => title.startsWith(heading));
  const part = markdown.slice(headings[index]?.at, headings[index + 1]?.at);
  return part
    .split(/\n\n+/)
    .filter((block) => block.startsWith('|'))
    .map((block) => block.trim().split('\n').slice(2).map(cellsOf));
}

function cellsOf(line: string): readonly string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
}
