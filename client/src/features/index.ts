import type { ClientFeature } from './feature.ts';
import { showReferences } from './show-references.ts';

/** Everything that the extension does beside what the editor asks of the language server by itself. */
export const features: readonly ClientFeature[] = [showReferences];
