import type { Command } from 'commander';
import type { ProblemKind } from '../../core/base/problem.ts';
import { didYouMean } from '../../core/base/suggest.ts';
import { problemKinds } from '../../core/registry.ts';
import { rulePage } from '../../core/rule-pages.ts';
import { EXIT, UsageError } from '../exit-code.ts';
import { type Host, lookAt } from '../host.ts';
import { jsonText } from '../json-text.ts';
import { renderTable } from '../table.ts';
import type { CommandEntry } from './command.ts';
import { asciiOption, formatOption, noColorOption, type TextOptions } from './options.ts';

interface Options extends TextOptions {
  readonly format: 'text' | 'json';
}

const EXAMPLES = `
Examples:
  plumbline rules                     every rule with its severity
  plumbline rules value-behind-link   why one is there, an example, and how to mend it
  plumbline rules --format json       the same for other tools

Severities are set in plumbline.yaml: rules: { metric-needs-owner: error, target-needs-why: off }.
Ends with 0, with 2 where there is no such rule.`;

/** `plumbline rules [id]`: what can be found wrong, and the page of one rule. */
export const rules: CommandEntry = {
  register(program: Command, host, end) {
    program
      .command('rules')
      .summary('explain what can be found wrong')
      .description(
        'Lists the rules, or prints the page of one: why it is there, an example, and how to mend it.',
      )
      .argument('[id]', 'the word in brackets behind "error" or "warning"')
      .addOption(formatOption(['text', 'json']))
      .addOption(noColorOption())
      .addOption(asciiOption())
      .addHelpText('after', EXAMPLES)
      .action((id: string | undefined, options: Options) => end(runRules(host, id, options)));
  },
};

function runRules(host: Host, id: string | undefined, options: Options): number {
  const shown = id === undefined ? problemKinds : [ruleNamed(id)];
  if (options.format === 'json') host.stdout.write(jsonText(shown.map(document)));
  else if (id === undefined) host.stdout.write(listText(host, options));
  else host.stdout.write(rulePage(ruleNamed(id)));
  return EXIT.clean;
}

function ruleNamed(id: string): ProblemKind {
  const rule = problemKinds.find((kind) => kind.id === id);
  if (rule !== undefined) return rule;
  const ids = problemKinds.map((kind) => kind.id);
  throw new UsageError(`There is no rule "${id}".${didYouMean(id, ids)}`);
}

function document({ id, severity, summary, documentation }: ProblemKind): object {
  return { id, severity, summary, documentation: documentation.trim() };
}

function listText(host: Host, options: Options): string {
  const look = lookAt(host, 'stdout', options);
  const lines = renderTable(
    [
      { title: 'RULE', align: 'left' },
      { title: 'SEVERITY', align: 'left' },
      { title: 'WHAT IT FINDS', align: 'left', shrink: { comfort: 60, least: 20 } },
    ],
    problemKinds.map(({ id, severity, summary }) => ({
      kind: 'cells' as const,
      cells: [{ text: id }, { text: severity }, { text: summary }],
    })),
    look,
  );
  return `${lines.join('\n')}\n`;
}
