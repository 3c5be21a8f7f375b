import type { Words } from '../ide/prose/prose.ts';
import type { ProjectDiff } from './project-diff.ts';
import type { DiffSide } from './side.ts';

/** A comparison with what is known of its sides: all that a face needs to tell it. */
export interface ReportedDiff {
  readonly diff: ProjectDiff;
  readonly before: ReportedSide;
  readonly after: ReportedSide;
}

export interface ReportedSide extends DiffSide {
  /** As people call the version: a branch, a tag, a folder, "the working tree". */
  readonly name: string;
  /** How many errors its definitions have. */
  readonly errors: number;
  /** Data that a commit does not hold, or holds as a pointer only, and that were taken from the working tree: paths from the root. */
  readonly borrowed: ReadonlyMap<string, 'absent' | 'pointer'>;
}

/** So many files are named. */
const MOST_FILES = 10;

/** What has to be known of the sides to read the numbers: data from elsewhere, and errors. */
export function sideNotes({ before, after }: ReportedDiff): readonly Words[] {
  return [...[before, after].flatMap(borrowedNote), ...[before, after].flatMap(errorNote)];
}

function borrowedNote({ name, borrowed }: ReportedSide): readonly Words[] {
  return (['absent', 'pointer'] as const).flatMap((why) => {
    const files = [...borrowed].flatMap(([file, reason]) => (reason === why ? [file] : []));
    if (files.length === 0) return [];
    const shown = files
      .slice(0, MOST_FILES)
      .flatMap((code, index) => (index === 0 ? [{ code }] : [', ', { code }]));
    const more = files.length > MOST_FILES ? [` and ${files.length - MOST_FILES} more`] : [];
    const reason = why === 'absent' ? 'git does not hold' : 'git holds as a pointer only';
    const told = [' data that ', reason, ' there are taken from the working tree: '].join('');
    return [['For ', { code: name }, `,${told}`, ...shown, ...more, '.']];
  });
}

function errorNote({ name, errors }: ReportedSide): readonly Words[] {
  if (errors === 0) return [];
  const counted = `${errors} error${errors === 1 ? '' : 's'}`;
  return [
    [
      'The definitions of ',
      { code: name },
      ` have ${counted}, so that some metrics may have no values: see "plumbline check".`,
    ],
  ];
}
