/** A command of a `console` block with the output that is shown below it. */
export interface ShownCommand {
  readonly command: string;
  readonly shown: string;
}

/** The commands of a `console` block: lines that begin with `$ `, each with what is shown up to the next. */
export function commandsOf(text: string): readonly ShownCommand[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...shown] = part.split('\n');
      return { command: command.replace(/\s+# .*$/, '').trim(), shown: shown.join('\n').trimEnd() };
    });
}

/** The words of a command line of ours, quotes taken off; `undefined` where it is another command. */
export function argumentsOf(command: string): readonly string[] | undefined {
  const match = /^(?:npx )?plumbline\b(.*)$/.exec(command);
  if (match === null) return undefined;
  return wordsOf(match[1] ?? '');
}

/** The words of a command line, quotes taken off. */
export function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
}

/**
 * Whether an output is as shown. A line `…` stands for any lines, and ` …` at the end of a line for the rest of it; white space at the end of
 * lines does not count.
 */
export function isAsShown(output: string, shown: string): boolean {
  const lines = (text: string): string[] =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => line.trimEnd());
  return matches(lines(output), lines(shown));
}

function matches(output: readonly string[], shown: readonly string[]): boolean {
  const [first, ...rest] = shown;
  if (first === undefined) return output.length === 0;
  if (first.trim() !== '…')
    return output[0] !== undefined && isLine(output[0], first) && matches(output.slice(1), rest);
  return output.some((_, index) => matches(output.slice(index), rest)) || rest.length === 0;
}

function isLine(line: string, shown: string): boolean {
  return shown.endsWith(' …') ? line.startsWith(shown.slice(0, -1)) : line === shown;
}
