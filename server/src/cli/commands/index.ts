import { check } from './check.ts';
import type { CommandEntry } from './command.ts';
import { evaluate } from './eval.ts';
import { fmt } from './fmt.ts';
import { lsp } from './lsp.ts';
import { test } from './test.ts';

/** Every command, in the order in which help lists them. */
export const commands: readonly CommandEntry[] = [check, evaluate, test, fmt, lsp];
