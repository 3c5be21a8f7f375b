import type { Argument, Command, Option } from 'commander';
import { cleanLine } from '../clean-text.ts';
import { ciReporters } from '../reporters/ci-reporters.ts';

/** Something that a word may be completed to. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** What may stand at the cursor: candidates, or files or folders, which the shell knows best. */
export interface Completion {
  readonly candidates: readonly Candidate[];
  readonly also?: 'files' | 'folders';
}

/** The names that commands take which a project or the rules give. Each is read when it is asked for. */
export interface Names {
  metrics(project: string): Promise<readonly Candidate[]>;
  segments(project: string): Promise<readonly Candidate[]>;
  /** Periods of all grains that begin as `typed` does. */
  periods(project: string, typed: string): Promise<readonly Candidate[]>;
  rules(): readonly Candidate[];
  /** Branches and tags of the repository. */
  commits(project: string): Promise<readonly Candidate[]>;
}

/**
 * Completes the last of some words, which stand behind the name of the program. Commands, options and choices are those of the
 * commander program itself, so that a new one completes without being listed here.
 */
export async function completeWords(
  program: Command,
  words: readonly string[],
  names: Names,
): Promise<Completion> {
  const typed = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const found = await completionOf(program, before, typed, names);
  return { ...found, candidates: found.candidates.filter(({ value }) => value.startsWith(typed)) };
}

async function completionOf(
  program: Command,
  before: readonly string[],
  typed: string,
  names: Names,
): Promise<Completion> {
  const command = program.commands.find((one) => one.name() === before[0]);
  if (before.length === 0)
    return { candidates: typed.startsWith('-') ? optionsOf(program) : commandsOf(program) };
  if (before[0] === 'help') return { candidates: commandsOf(program) };
  if (command === undefined) return { candidates: [] };
  const project = projectOf(before);
  const open = openOption(command, before);
  if (open !== undefined && !before.slice(0, -1).includes('--')) return valuesOf(open, typed, project, names);
  const joined = /^(--[a-z-]+)=(.*)$/s.exec(typed);
  const assigned = joined && command.options.find((option) => option.required && option.long === joined[1]);
  if (joined !== null && assigned) {
    const { candidates, ...rest } = await valuesOf(assigned, joined[2] ?? '', project, names);
    return { ...rest, candidates: candidates.map((one) => ({ ...one, value: `${joined[1]}=${one.value}` })) };
  }
  if (typed.startsWith('-') && !before.includes('--')) return { candidates: optionsOf(command) };
  return argumentsOf(command, before.slice(1), project, names);
}

/** The option whose value comes next: the last word, or one before it that takes several. */
function openOption(command: Command, before: readonly string[]): Option | undefined {
  const last = before.findLastIndex((word) => word.startsWith('-'));
  const option = command.options.find(({ required, long }) => required && long === before[last]);
  return last === before.length - 1 || option?.variadic === true ? option : undefined;
}

function commandsOf(program: Command): readonly Candidate[] {
  const help = { value: 'help', description: 'print help for a command' };
  return [
    ...program
      .createHelp()
      .visibleCommands(program)
      .map(
        (command): Candidate => ({
          value: command.name(),
          description: command.summary() || command.description(),
        }),
      ),
    help,
  ].filter(({ value }, index, all) => all.findIndex((other) => other.value === value) === index);
}

function optionsOf(command: Command): readonly Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description }) => (long ? [{ value: long, description }] : []));
}

/** What the value of an option may be: its choices, or what its name says. */
async function valuesOf(option: Option, typed: string, project: string, names: Names): Promise<Completion> {
  if (option.argChoices !== undefined) return { candidates: choices(option.argChoices) };
  switch (option.long) {
    case '--by':
      return { candidates: listed(typed, await names.segments(project)) };
    case '--from':
    case '--to':
      return { candidates: await names.periods(project, typed) };
    case '--project':
      return { candidates: [], also: 'folders' };
    case '--base':
      return { candidates: await names.commits(project) };
    case '--report':
      return reports(typed);
    case '--stdin-path':
    case '--baseline':
    case '--data':
    case '--out':
      return { candidates: [], also: 'files' };
    default:
      return { candidates: [] };
  }
}

/** What an argument may be. Words that stand already are not offered again. */
async function argumentsOf(
  command: Command,
  words: readonly string[],
  project: string,
  names: Names,
): Promise<Completion> {
  const given = positional(command, words);
  const all = command.registeredArguments;
  const argument = all[given.length] ?? all.findLast(({ variadic }) => variadic);
  if (argument === undefined) return { candidates: [] };
  const { candidates, ...rest } = await argumentValues(argument, project, names);
  return { ...rest, candidates: candidates.filter(({ value }) => !given.includes(value)) };
}

async function argumentValues(argument: Argument, project: string, names: Names): Promise<Completion> {
  if (argument.argChoices !== undefined) return { candidates: choices(argument.argChoices) };
  switch (argument.name()) {
    case 'metric':
    case 'metrics':
      return { candidates: await names.metrics(project) };
    case 'base':
    case 'head':
      return { candidates: await names.commits(project), also: 'folders' };
    case 'id':
      return { candidates: names.rules() };
    case 'paths':
      return { candidates: [], also: 'files' };
    case 'folder':
      return { candidates: [], also: 'folders' };
    default:
      return { candidates: [] };
  }
}

/** The words that are arguments: neither options nor their values. */
function positional(command: Command, words: readonly string[]): readonly string[] {
  const isValue = (index: number): boolean =>
    command.options.some(({ required, long }) => required && long === words[index - 1]);
  return words.filter((word, index) => !word.startsWith('-') && !isValue(index));
}

/** A value with commas: the last name is completed, and those before it are not offered again. */
function listed(typed: string, candidates: readonly Candidate[]): readonly Candidate[] {
  const start = typed.slice(0, typed.lastIndexOf(',') + 1);
  const given = new Set(start.split(','));
  return candidates
    .filter(({ value }) => !given.has(value))
    .map(({ value, description }) => ({ value: `${start}${value}`, description }));
}

/** A format of a report, or behind `=` its file. */
function reports(typed: string): Completion {
  if (typed.includes('=')) return { candidates: [], also: 'files' };
  return { candidates: choices(Object.keys(ciReporters)) };
}

function choices(values: readonly string[]): readonly Candidate[] {
  return values.map((value) => ({ value, description: '' }));
}

/** The project that the words name, or the one of the working folder. */
function projectOf(words: readonly string[]): string {
  const index = words.lastIndexOf('--project');
  if (index >= 0) return words[index + 1] ?? '.';
  return words.find((word) => word.startsWith('--project='))?.slice('--project='.length) ?? '.';
}

/** A completion as the scripts of the shells read it: a candidate a line, a tab before its description, and `:files` or `:folders`. */
export function completionText({ candidates, also }: Completion): string {
  const lines = candidates.map(({ value, description }) =>
    description === '' ? cleanLine(value) : `${cleanLine(value)}\t${cleanLine(description)}`,
  );
  return [...lines, ...(also === undefined ? [] : [`:${also}`])].map((line) => `${line}\n`).join('');
}
