import type { TemplateName } from '../core/scaffold/template-project.ts';
import type { CustomRequest, Unavailable } from './custom-request.ts';

export type Template = Exclude<TemplateName, 'blank'>;

export interface NewProjectParams {
  /** URI of the folder in which the project is to be. */
  readonly folder: string;
  /** Data files to start from, as URIs; none for an empty project, and for a template. */
  readonly data: readonly string[];
  /** A template to start from, which has data of its own. */
  readonly template?: Template;
}

/** Files to write, and which of them to open. Nothing is written by the server. */
export interface NewProject {
  readonly files: readonly { readonly uri: string; readonly text: string }[];
  readonly open: string;
}

/** A small project that passes `check`: blank, from a template, or with a source for each data file, its columns, and a first metric on each. Null where it was cancelled. */
export const newProjectRequest: CustomRequest<NewProjectParams, NewProject | Unavailable | null> = {
  method: 'plumbline/newProject',
};
