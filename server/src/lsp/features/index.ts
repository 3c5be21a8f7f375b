import type { Feature } from '../feature.ts';
import { callHierarchy } from './call-hierarchy.ts';
import { definition, typeDefinition } from './definition.ts';
import { diagnostics } from './diagnostics.ts';
import { documentLink } from './document-link.ts';
import { documentSymbol } from './document-symbol.ts';
import { foldingRange } from './folding-range.ts';
import { hover } from './hover.ts';
import { documentHighlight, references } from './references.ts';
import { rename } from './rename.ts';
import { selectionRange } from './selection-range.ts';
import { semanticTokens } from './semantic-tokens.ts';
import { signatureHelp } from './signature-help.ts';
import { willRenameFiles } from './will-rename-files.ts';
import { workspaceSymbol } from './workspace-symbol.ts';

/** Every feature of the server. */
export const features: readonly Feature[] = [
  diagnostics,
  hover,
  semanticTokens,
  signatureHelp,
  definition,
  typeDefinition,
  references,
  documentHighlight,
  rename,
  willRenameFiles,
  documentSymbol,
  workspaceSymbol,
  foldingRange,
  selectionRange,
  documentLink,
  callHierarchy,
];
