import { Uri } from 'vscode';
import { pathInside } from '../../path-inside.ts';

/** Whether a document, by its URI, lies in a project, by the URI of its folder. */
export function isInProject(document: string, project: string): boolean {
  return pathInside(Uri.parse(project).path, Uri.parse(document).path) !== undefined;
}
