import type { ProjectTree } from '../core/ide/project-tree.ts';
import type { CustomRequest, Location, ProjectParams } from './custom-request.ts';

/** A project as an explorer shows it. */
export type ProjectTreeResult = ProjectTree<Location>;

/** The definitions of a project. Null where the document is in no project. */
export const projectTreeRequest: CustomRequest<ProjectParams, ProjectTreeResult | null> = {
  method: 'plumbline/projectTree',
};
