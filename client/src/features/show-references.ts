import { type CodeLens, commands } from 'vscode';
import type { Location, Position } from 'vscode-languageclient/node';
import type { ClientFeature } from './feature.ts';

/** Shows the uses of a definition where it stands; a lens of the server names it, with places in the protocol's terms. */
const SHOW_REFERENCES = 'plumbline.showReferences';

/** What lenses name. Examples are run by the server: the client library registers that command for it. */
const RUNNABLE = [SHOW_REFERENCES, 'plumbline.runExamples', 'plumbline.preview', 'plumbline.showSql'];

/** Does what the lens with the uses of a definition offers. */
export const showReferences: ClientFeature = ({ server }) => {
  const { protocol2CodeConverter: converter } = server.client;
  return commands.registerCommand(
    SHOW_REFERENCES,
    (uri: string, position: Position, locations: readonly Location[]) =>
      commands.executeCommand(
        'editor.action.showReferences',
        converter.asUri(uri),
        converter.asPosition(position),
        locations.map((location) => converter.asLocation(location)),
      ),
  );
};

/** Whether there is somebody to do what a lens offers: one that does nothing when it is clicked is worse than none. */
export function isRunnable({ command }: CodeLens): boolean {
  const name = command?.command;
  // One that is not resolved yet has no command, one that only tells something an empty one.
  return name === undefined || name === '' || RUNNABLE.includes(name);
}
