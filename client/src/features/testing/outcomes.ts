import { type Disposable, type TestController, workspace } from 'vscode';
import { isOurs } from '../../our-documents.ts';

/** Whether the outcomes that are shown are of the text as it is. */
export interface Outcomes extends Disposable {
  /** Some tests run now. */
  run(): void;
}

/** Marks outcomes as outdated as soon as a text of ours is edited: they are of the text as it was, until they run again. */
export function outcomes(controller: TestController): Outcomes {
  // Marked once, and not for every character.
  let isMarked = true;
  const editing = workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (isMarked || !isOurs(document) || contentChanges.length === 0) return;
    isMarked = true;
    controller.invalidateTestResults();
  });
  return {
    run() {
      isMarked = false;
    },
    dispose: () => editing.dispose(),
  };
}
