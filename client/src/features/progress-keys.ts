import { commands, workspace } from 'vscode';
import { isOurs } from '../our-documents.ts';
import type { ClientFeature } from './feature.ts';

/**
 * Context keys by which the walkthrough ticks off its steps: `plumbline.hasValues` once a value has been computed, and `plumbline.hasEdited`
 * once one has followed an edit.
 */
export const progressKeys: ClientFeature = ({ server }) => {
  const listening = server.onChanged(({ what }) => {
    if (what !== 'numbers') return;
    set('hasValues');
    if (!workspace.textDocuments.some((document) => document.isDirty && isOurs(document))) return;
    set('hasEdited');
    listening.dispose();
  });
  return listening;
};

function set(key: string): void {
  void commands.executeCommand('setContext', `plumbline.${key}`, true);
}
