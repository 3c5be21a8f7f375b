import type { ProjectDiff } from '../../core/diff/project-diff.ts';
import type { OpenVersion } from '../../core/diff-versions/version.ts';
import type { Words } from '../../core/ide/prose/prose.ts';
import type { NamedVersion } from '../diff-versions.ts';

/** A comparison with what is known of its sides. */
export interface DiffReport {
  readonly diff: ProjectDiff;
  readonly before: ReportedVersion;
  readonly after: ReportedVersion;
  /** How many errors the definitions have. */
  readonly errors: { readonly before: number; readonly after: number };
}

export interface ReportedVersion extends NamedVersion {
  readonly open: OpenVersion;
}

/** So many files are named. */
const MOST_FILES = 10;

/** What has to be known of the sides to read the numbers: data from elsewhere, and errors. */
export function sideNotes({ before, after, errors }: DiffReport): readonly Words[] {
  return [
    ...[before, after].flatMap(borrowedNote),
    ...(errors.before === 0 ? [] : [errorNote(before.name, errors.before)]),
    ...(errors.after === 0 ? [] : [errorNote(after.name, errors.after)]),
  ];
}

function borrowedNote({ name, borrowed }: ReportedVersion): readonly Words[] {
  return (['absent', 'pointer'] as const).flatMap((why) => {
    const files = [...borrowed].flatMap(([file, reason]) => (reason === why ? [file] : []));
    if (files.length === 0) return [];
    const shown = files
      .slice(0, MOST_FILES)
      .flatMap((code, index) => (index === 0 ? [{ code }] : [', ', { code }]));
    const more = files.length > MOST_FILES ? [` and ${files.length - MOST_FILES} more`] : [];
    const reason = why === 'absent' ? 'git does not hold' : 'git holds as a pointer only';
    return [
      [
        'For ',
        { code: name },
        ', data that ',
        reason,
        ' there are taken from the working tree: ',
        ...shown,
        ...more,
        '.',
      ],
    ];
  });
}

function errorNote(name: string, count: number): Words {
  return [
    'The definitions of ',
    { code: name },
    ` have ${count} error${count === 1 ? '' : 's'}, so that some metrics may have no values: see "plumbline check".`,
  ];
}
