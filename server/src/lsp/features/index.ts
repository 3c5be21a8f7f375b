import type { Feature } from '../feature.ts';
import { codeAction } from './code-action.ts';
import { diagnostics } from './diagnostics.ts';

/** Every feature of the server. */
export const features: readonly Feature[] = [codeAction, diagnostics];
