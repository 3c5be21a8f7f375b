import type { Feature } from '../feature.ts';
import { diagnostics } from './diagnostics.ts';
import { funnel } from './funnel.ts';
import { hover } from './hover.ts';
import { lineage } from './lineage.ts';
import { preview } from './preview.ts';
import { projectTree } from './project-tree.ts';
import { semanticTokens } from './semantic-tokens.ts';
import { signatureHelp } from './signature-help.ts';
import { sql } from './sql.ts';

/** Every feature of the server. A new one is a file of this folder and a line here. */
export const features: readonly Feature[] = [
  diagnostics,
  funnel,
  hover,
  lineage,
  preview,
  projectTree,
  semanticTokens,
  signatureHelp,
  sql,
];
