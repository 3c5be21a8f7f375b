import { type CodeLens, commands } from 'vscode';
import type { Location } from '../../../server/src/protocol/index.ts';
import { locationFrom, positionFrom, uriFrom } from '../from-protocol.ts';
import type { ClientFeature } from './feature.ts';

/** Shows the uses of a definition where it stands; a lens of the server names it, with places in the protocol's terms. */
const SHOW_REFERENCES = 'plumbline.showReferences';

/** Named by the lens of a metric. The server can run it, but here the Testing view does. */
export const RUN_EXAMPLES = 'plumbline.runExamples';

/** Does what `RUN_EXAMPLES` asks for, with the same arguments: a metric, and the URI of a document of its project. */
export const RUN_IN_TESTING = 'plumbline.runExamplesInTesting';

/** What lenses name. */
const RUNNABLE = [
  SHOW_REFERENCES,
  RUN_EXAMPLES,
  RUN_IN_TESTING,
  'plumbline.preview',
  'plumbline.explain',
  'plumbline.showSql',
  'plumbline.compareWithHead',
];

/** Does what the lens with the uses of a definition offers. */
export const showReferences: ClientFeature = () =>
  commands.registerCommand(
    SHOW_REFERENCES,
    (uri: string, position: Location['range']['start'], locations: readonly Location[]) =>
      commands.executeCommand(
        'editor.action.showReferences',
        uriFrom(uri),
        positionFrom(position),
        locations.map(locationFrom),
      ),
  );

/** Whether there is somebody to do what a lens offers: one that does nothing when it is clicked is worse than none. */
export function isRunnable({ command }: CodeLens): boolean {
  const name = command?.command;
  // One that is not resolved yet has no command, one that only tells something an empty one.
  return name === undefined || name === '' || RUNNABLE.includes(name);
}
