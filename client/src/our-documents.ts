import type { TextDocument } from 'vscode';
import { VERSION_SCHEME } from '../../server/src/protocol/index.ts';

/** The language of metrics files, and that of project files. */
export const METRICS = 'plumbline-metrics';
export const PROJECT = 'plumbline-project';

/**
 * Whether a document is one of ours, wherever it lies. The text of another version is none: it is coloured like one and only looked at, as
 * nothing that is said of the project now holds for it.
 */
export function isOurs({ languageId, uri }: TextDocument): boolean {
  return (languageId === METRICS || languageId === PROJECT) && uri.scheme !== VERSION_SCHEME;
}
