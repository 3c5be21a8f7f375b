import type { Feature } from '../feature.ts';
import { codeLens } from './code-lens.ts';
import { diagnostics } from './diagnostics.ts';
import { executeCommand } from './execute-command.ts';
import { funnel } from './funnel.ts';
import { hover } from './hover.ts';
import { inlayHint } from './inlay-hint.ts';
import { lineage } from './lineage.ts';
import { preview } from './preview.ts';
import { projectTree } from './project-tree.ts';
import { semanticTokens } from './semantic-tokens.ts';
import { signatureHelp } from './signature-help.ts';
import { sql } from './sql.ts';

/** Every feature of the server. A new one is a file of this folder and a line here. */
export const features: readonly Feature[] = [
  codeLens,
  diagnostics,
  executeCommand,
  funnel,
  hover,
  inlayHint,
  lineage,
  preview,
  projectTree,
  semanticTokens,
  signatureHelp,
  sql,
];
