import { addSaying, addSayings, type Saying, type Sayings } from './sayings.ts';
import type { DiffSide } from './side.ts';

/** What the settings of a project say, by meaning: a project without a `plumbline.yaml` has those that one without keys has. */
export function settingsSayings({ checked }: DiffSide): ReadonlyMap<string, Saying> {
  const { root, timezone, grain } = checked.project.settings;
  const said: Sayings = new Map();
  if (root?.kind === 'map') {
    addSayings(said, root, [], { word: ({ text }) => text, expression: ({ text }) => text });
  }
  for (const [key, text] of [
    ['timezone', timezone],
    ['grain', grain],
  ] as const) {
    addSaying(said, { path: [key], meaning: text, text, span: { start: 0, end: 0 } });
  }
  // The version of the format is for the check to speak of.
  said.delete('plumbline');
  return said;
}
