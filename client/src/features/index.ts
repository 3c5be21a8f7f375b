import type { ClientFeature } from './feature.ts';
import { report } from './report/index.ts';
import { serverLifecycle } from './server-lifecycle.ts';
import { showReferences } from './show-references.ts';
import { status } from './status/index.ts';

/** Everything that the extension does beside what the editor asks of the language server by itself. */
export const features: readonly ClientFeature[] = [showReferences, serverLifecycle, status, report];
