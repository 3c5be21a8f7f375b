import { Command, CommanderError } from 'commander';
import { EngineFailure } from '../core/ports.ts';
import { cleanLine, cleanText } from './clean-text.ts';
import { commands } from './commands/index.ts';
import { EXIT, SetupError, UsageError } from './exit-code.ts';
import type { Host } from './host.ts';

const DESCRIPTION = `Metrics as code: customer metrics, segments and targets in YAML files.

A project is a folder with a plumbline.yaml and files that end with .metrics.yaml.
"init" starts one. "check" reads the definitions, "eval" computes their values, "test" runs their examples,
"diff" compares two versions, "ci" runs all checks of a pipeline, "fmt" puts the files into their canonical form.
"lsp" does all of it in an editor while you type.`;

const AFTER = `
Examples:
  plumbline init --template saas                start with a small project
  plumbline check                               find what is wrong in the definitions
  plumbline eval --project samples/saas         print a scorecard of all metrics and targets
  plumbline eval nps --by company_size          print one metric for each group
  plumbline test --format junit > report.xml    run the examples in CI
  plumbline diff main                           what changed since main, and what that does to values
  plumbline fmt                                 format the files of the projects here

Exit codes: 0 clean, 1 problems, 2 wrong use or set-up, 130 stopped by Ctrl-C.`;

/** Runs the command line. Resolves to its exit code, and never rejects. */
export async function runProgram(host: Host, version: string, args: readonly string[]): Promise<number> {
  let code: number = EXIT.clean;
  const program = createProgram(host, version, (end) => {
    code = end;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return failure(host, error, commandOf(program, args));
  }
}

function createProgram(host: Host, version: string, end: (code: number) => void): Command {
  const program = new Command('plumbline')
    .description(DESCRIPTION)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .addHelpText('after', AFTER)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      // Errors of usage quote what was typed.
      writeErr: (text) => host.stderr.write(cleanText(text)),
      getOutHelpWidth: () => host.stdout.columns ?? 100,
      getErrHelpWidth: () => host.stderr.columns ?? 100,
    });
  for (const { register } of commands) register(program, host, end);
  program.showHelpAfterError(hint(undefined));
  for (const command of program.commands) command.showHelpAfterError(hint(command.name()));
  return program;
}

function hint(command: string | undefined): string {
  return `Run "plumbline ${command === undefined ? '' : `${command} `}--help" to see what it takes.`;
}

/** The name of the command that was called; `undefined` where there is none of that name. */
function commandOf(program: Command, args: readonly string[]): string | undefined {
  return program.commands.map((command) => command.name()).find((name) => name === args[0]);
}

function failure({ stderr }: Host, error: unknown, command: string | undefined): number {
  if (error instanceof CommanderError) {
    // Commander has printed what there is to say.
    return error.code === 'commander.helpDisplayed' || error.code === 'commander.version'
      ? EXIT.clean
      : EXIT.usage;
  }
  const say = (message: string, more: readonly string[] = []): void =>
    stderr.write([`error: ${cleanLine(message)}`, ...more.map(cleanLine), ''].join('\n'));
  if (error instanceof UsageError) {
    say(error.message, [...error.detail, hint(command)]);
    return EXIT.usage;
  }
  if (error instanceof SetupError) {
    say(error.message);
    return EXIT.usage;
  }
  if (error instanceof EngineFailure) {
    say(error.message);
    return error.reason === 'unavailable' ? EXIT.usage : EXIT.problems;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  say('This is a defect of Plumbline. Please report it with the lines below.', trace.split('\n'));
  return EXIT.usage;
}
