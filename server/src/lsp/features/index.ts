import type { Feature } from '../feature.ts';
import { completion } from './completion.ts';
import { diagnostics } from './diagnostics.ts';

/** Every feature of the server. */
export const features: readonly Feature[] = [diagnostics, completion];
