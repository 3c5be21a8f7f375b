import { pathOf } from '../../syntax/units/unit-id.ts';
import { nameOf, parentOf, relativeTo, under } from '../../workspace/paths.ts';
import type { Stretch } from './columns.ts';
import type { Candidate } from './item.ts';
import type { Completing } from './item-context.ts';
import type { Slot } from './scalar-edit.ts';

/** Names of the files that a source can read, also packed where the format allows it. */
const DATA = /\.(?:csv|tsv|json|ndjson|jsonl|parquet|xlsx)(?:\.gz)?$/i;

/** The files and folders for the part of a path at the cursor, from what the face found in `dataFolder`. */
export function dataPathStretch({ options }: Completing, { text, at }: Slot): Stretch {
  const from = text.lastIndexOf('/', at - 1) + 1;
  const slash = text.indexOf('/', at);
  const candidates = (options.entries ?? [])
    .filter(
      ({ name, kind }) =>
        !name.startsWith('.') && name !== 'node_modules' && (kind === 'folder' || DATA.test(name)),
    )
    .map(
      ({ name, kind }): Candidate =>
        kind === 'folder'
          ? { label: `${name}/`, kind: 'folder', rank: 6, insert: [slash < 0 ? `${name}/` : name] }
          : { label: name, kind: 'file' },
    );
  const files = slash < 0 ? candidates : candidates.filter(({ kind }) => kind === 'folder');
  return { from, to: slash < 0 ? text.length : slash, candidates: files };
}

/**
 * The folder whose files complete a path that a metrics file names: where that file is, and on along the path up to the
 * cursor. `undefined` for a folder outside of the project.
 */
export function dataFolder(root: string, file: string, { text, at }: Slot): string | undefined {
  const written = text.slice(0, text.lastIndexOf('/', at - 1) + 1);
  if (/^(?:[\\/]|[a-z]+:)/i.test(written)) return undefined;
  let folder = parentOf(pathOf(file));
  for (const name of written.split('/')) {
    if (name === '..') folder = parentOf(folder);
    else if (name !== '' && name !== '.') folder = under(folder, name);
    if (relativeTo(root, folder) === undefined) return undefined;
  }
  return nameOf(folder) === 'node_modules' ? undefined : folder;
}
