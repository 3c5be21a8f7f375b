/** What a pair of `test/fixtures/diff` expects: the lines of each section of its `expected.md`, each cut at ` | `. */
export type Expected = ReadonlyMap<string, readonly (readonly string[])[]>;

/** Reads an `expected.md`. What stands before the first section says why the pair is there. */
export function readExpected(text: string): Expected {
  const sections = new Map<string, (readonly string[])[]>();
  let lines: (readonly string[])[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('## ')) {
      lines = [];
      sections.set(line.slice(3).trim(), lines);
    } else if (line.startsWith('- ')) {
      lines.push(line.slice(2).split(' | '));
    }
  }
  return sections;
}
