import { check } from './check.ts';
import { ci } from './ci.ts';
import type { CommandEntry } from './command.ts';
import { complete, completion } from './completion.ts';
import { diff } from './diff.ts';
import { evaluate } from './eval.ts';
import { explain } from './explain.ts';
import { fmt } from './fmt.ts';
import { init } from './init.ts';
import { lsp } from './lsp.ts';
import { report } from './report.ts';
import { rules } from './rules.ts';
import { schema } from './schema.ts';
import { sql } from './sql.ts';
import { test } from './test.ts';

/** Every command, in the order in which help lists them. */
export const commands: readonly CommandEntry[] = [
  init,
  check,
  evaluate,
  explain,
  test,
  diff,
  ci,
  fmt,
  sql,
  report,
  rules,
  schema,
  completion,
  lsp,
  complete,
];
