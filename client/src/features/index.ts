import { compare } from './compare/index.ts';
import { explorer } from './explorer/index.ts';
import type { ClientFeature } from './feature.ts';
import { newProject } from './new-project.ts';
import { openSample } from './open-sample.ts';
import { preview } from './preview/index.ts';
import { progressKeys } from './progress-keys.ts';
import { report } from './report/index.ts';
import { serverLifecycle } from './server-lifecycle.ts';
import { showReferences } from './show-references.ts';
import { status } from './status/index.ts';
import { tasks } from './tasks.ts';
import { testing } from './testing/index.ts';
import { trends } from './trends/index.ts';
import { yamlExtension } from './yaml-extension/index.ts';

/** Everything that the extension does beside what the editor asks of the language server by itself. */
export const features: readonly ClientFeature[] = [
  showReferences,
  serverLifecycle,
  status,
  report,
  trends,
  tasks,
  openSample,
  explorer,
  compare,
  testing,
  newProject,
  preview,
  progressKeys,
  yamlExtension,
];
