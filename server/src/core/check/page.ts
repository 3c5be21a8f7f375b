/** What a rule's page explains. The examples are YAML as it stands in a metrics file. */
export interface Page {
  /** What is checked, and why it matters. */
  readonly why: string;
  readonly wrong: string;
  readonly right: string;
  /** How to mend it. */
  readonly mend: string;
}

/** The Markdown of a rule's page below its title. */
export function page({ why, wrong, right, mend }: Page): string {
  const sections = [
    prose(why),
    `## Wrong\n\n${example(wrong)}`,
    `## Right\n\n${example(right)}`,
    `## How to mend it\n\n${prose(mend)}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

function example(text: string): string {
  return `\`\`\`yaml\n${dedent(text)}\n\`\`\``;
}

/** Each paragraph on one line, however it is broken in the code. */
function prose(text: string): string {
  return dedent(text)
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.split('\n').join(' '))
    .join('\n\n');
}

function dedent(text: string): string {
  const lines = text.replace(/^\n+|\s+$/g, '').split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const depth = Math.min(...indents);
  return lines.map((line) => line.slice(depth)).join('\n');
}
