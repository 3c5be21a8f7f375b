import type { TextDocument } from 'vscode';

/** The language of metrics files, and that of project files. */
export const METRICS = 'plumbline-metrics';
export const PROJECT = 'plumbline-project';

/** Whether a document is one of ours, wherever it lies. */
export function isOurs({ languageId }: TextDocument): boolean {
  return languageId === METRICS || languageId === PROJECT;
}
