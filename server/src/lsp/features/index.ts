import type { Feature } from '../feature.ts';
import { callHierarchy } from './call-hierarchy.ts';
import { changed } from './changed.ts';
import { codeAction } from './code-action.ts';
import { codeLens } from './code-lens.ts';
import { comparison } from './comparison.ts';
import { completion } from './completion.ts';
import { definition, typeDefinition } from './definition.ts';
import { diagnostics } from './diagnostics.ts';
import { documentLink } from './document-link.ts';
import { documentSymbol } from './document-symbol.ts';
import { evaluate } from './evaluate.ts';
import { examples } from './examples.ts';
import { executeCommand } from './execute-command.ts';
import { foldingRange } from './folding-range.ts';
import { formatting } from './formatting.ts';
import { funnel } from './funnel.ts';
import { hover } from './hover.ts';
import { inlayHint } from './inlay-hint.ts';
import { lineage } from './lineage.ts';
import { newProject } from './new-project.ts';
import { preview } from './preview.ts';
import { projectTree } from './project-tree.ts';
import { projects } from './projects.ts';
import { documentHighlight, references } from './references.ts';
import { rename } from './rename.ts';
import { rows } from './rows.ts';
import { runExamples } from './run-examples.ts';
import { selectionRange } from './selection-range.ts';
import { semanticTokens } from './semantic-tokens.ts';
import { signatureHelp } from './signature-help.ts';
import { sql } from './sql.ts';
import { subjectAt } from './subject-at.ts';
import { trends } from './trends.ts';
import { willRenameFiles } from './will-rename-files.ts';
import { workspaceSymbol } from './workspace-symbol.ts';

/** Every feature of the server. A new one is a file of this folder and a line here. */
export const features: readonly Feature[] = [
  callHierarchy,
  changed,
  codeAction,
  codeLens,
  comparison,
  completion,
  definition,
  typeDefinition,
  diagnostics,
  documentLink,
  documentSymbol,
  evaluate,
  examples,
  executeCommand,
  foldingRange,
  formatting,
  funnel,
  hover,
  inlayHint,
  lineage,
  newProject,
  preview,
  projectTree,
  projects,
  references,
  documentHighlight,
  rename,
  runExamples,
  rows,
  selectionRange,
  semanticTokens,
  signatureHelp,
  sql,
  subjectAt,
  trends,
  willRenameFiles,
  workspaceSymbol,
];
