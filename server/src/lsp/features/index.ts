import type { Feature } from '../feature.ts';
import { diagnostics } from './diagnostics.ts';
import { funnel } from './funnel.ts';
import { lineage } from './lineage.ts';
import { preview } from './preview.ts';
import { projectTree } from './project-tree.ts';
import { sql } from './sql.ts';

/** Every feature of the server. */
export const features: readonly Feature[] = [diagnostics, funnel, lineage, preview, projectTree, sql];
