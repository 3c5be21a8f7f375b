import { projectTree as treeOf } from '../../core/ide/project-tree.ts';
import { projectTreeRequest } from '../../protocol/project-tree.ts';
import type { Feature } from '../feature.ts';
import { onCustomRequest } from '../on-custom-request.ts';

/** `plumbline/projectTree`: the definitions of a project, for an explorer. */
export const projectTree: Feature = {
  capabilities: {},
  register(context) {
    onCustomRequest(context, projectTreeRequest, (snapshot) => treeOf(snapshot.context, snapshot.location));
  },
};
