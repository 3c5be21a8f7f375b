import type { Feature } from '../feature.ts';
import { codeLens } from './code-lens.ts';
import { diagnostics } from './diagnostics.ts';
import { executeCommand } from './execute-command.ts';
import { inlayHint } from './inlay-hint.ts';

/** Every feature of the server. */
export const features: readonly Feature[] = [diagnostics, inlayHint, codeLens, executeCommand];
