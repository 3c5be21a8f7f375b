import type { Feature } from '../feature.ts';
import { diagnostics } from './diagnostics.ts';
import { hover } from './hover.ts';
import { semanticTokens } from './semantic-tokens.ts';
import { signatureHelp } from './signature-help.ts';

/** Every feature of the server. */
export const features: readonly Feature[] = [diagnostics, hover, semanticTokens, signatureHelp];
