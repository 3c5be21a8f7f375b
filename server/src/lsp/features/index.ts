import type { Feature } from '../feature.ts';
import { diagnostics } from './diagnostics.ts';
import { formatting } from './formatting.ts';

/** Every feature of the server. */
export const features: readonly Feature[] = [diagnostics, formatting];
