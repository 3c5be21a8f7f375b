import type { Command } from 'commander';
import type { Host } from '../host.ts';

/** A command of the program. A new one is a file of this folder and a line in its index. */
export interface CommandEntry {
  /** Adds the command to the program. Its action hands the exit code to `end`. */
  register(program: Command, host: Host, end: (code: number) => void): void;
}
