import type { TextEdit } from '../base/problem.ts';
import type { Project, Source, Word } from '../model/project.ts';
import { pathOf } from '../syntax/units/unit-id.ts';
import { isGlob } from '../workspace/globs.ts';
import { parentOf } from '../workspace/paths.ts';
import { replaceWhole } from './rename/scalar-text.ts';

/** A file or folder that is about to be called otherwise, or moved: absolute paths. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * The edits that keep `data` pointing at the same data when files or folders are moved: where the data moves, and where the
 * metrics file that names it does. A glob moves with the folder in which it looks. The edits are of the files as they are
 * before the move. Looks at the whole project.
 */
export function fileRenameEdits(project: Project, moves: readonly Move[]): readonly TextEdit[] {
  const edits = new Map<string, TextEdit>();
  for (const file of project.files) {
    for (const definition of file.definitions) {
      const edit = definition.definition === 'source' ? editOf(definition, moves) : undefined;
      if (edit !== undefined) edits.set(`${edit.file} ${edit.span.start}`, edit);
    }
  }
  return [...edits.values()];
}

function editOf({ file, data }: Source, moves: readonly Move[]): TextEdit | undefined {
  const word = data?.file;
  if (word === undefined) return undefined;
  const text = movedText(word, pathOf(file), moves);
  return text === undefined || text === word.text ? undefined : { file, ...replaceWhole(word.node, text) };
}

/** What `data` has to say after the moves; `undefined` where they do not touch it. */
function movedText({ text }: Word, declaring: string, moves: readonly Move[]): string | undefined {
  // An absolute path or a URL names no file of the project.
  if (/^([\\/]|[a-z][a-z0-9+.-]*:)/i.test(text)) return undefined;
  const names = text.split(/[\\/]/);
  const pattern = names.findIndex(isGlob);
  const fixed = pattern < 0 ? names : names.slice(0, pattern);
  const rest = pattern < 0 ? [] : names.slice(pattern);
  const before = resolved(parentOf(declaring), fixed);
  const [data, file] = [movedPath(before, moves), movedPath(declaring, moves)];
  if (data === before && file === declaring) return undefined;
  if (data === before && parentOf(file) === parentOf(declaring)) return undefined;
  const relative = [...relativeNames(parentOf(file), data), ...rest].join('/');
  return text.startsWith('./') && !relative.startsWith('../') ? `./${relative}` : relative;
}

function movedPath(path: string, moves: readonly Move[]): string {
  // The longest is the nearest: a file may be moved out of a folder that moves too.
  const move = moves
    .filter(({ from }) => path === from || path.startsWith(`${from}/`))
    .reduce<Move | undefined>(
      (best, each) => (best && best.from.length > each.from.length ? best : each),
      undefined,
    );
  return move === undefined ? path : move.to + path.slice(move.from.length);
}

/** A path from a folder, its `.` and `..` followed. */
function resolved(folder: string, names: readonly string[]): string {
  const path = folder.split('/');
  for (const name of names) {
    if (name === '..') path.pop();
    else if (name !== '' && name !== '.') path.push(name);
  }
  return path.join('/');
}

function relativeNames(folder: string, path: string): readonly string[] {
  const [from, to] = [folder.split('/'), path.split('/')];
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)];
}
