import type { ProjectFiles } from '../core/scaffold/new-project.ts';
import type { OpenProject } from './find-projects.ts';
import { shownPath } from './paths.ts';
import { plural } from './plural.ts';

/** What is said of a new project: which files were written, what is in it, and the commands that come next. */
export function newProjectText(
  cwd: string,
  { files }: ProjectFiles,
  { loaded: { project } }: OpenProject,
): string {
  const shown = shownPath(cwd, project.folder);
  const counts = [plural(project.sources.size, 'source'), plural(project.metrics.size, 'metric')].join(
    ' and ',
  );
  const hasExamples = [...project.metrics.values()].some(({ examples }) => examples.length > 0);
  const inFolder = shown === '.' ? '' : ` --project ${quoted(shown)}`;
  const next = [
    [
      `plumbline check${shown === '.' ? '' : ` ${quoted(shown)}`} --data`,
      'finds what is wrong, in the rows too',
    ],
    [`plumbline eval${inFolder}`, 'computes the metrics'],
    ...(hasExamples ? [[`plumbline test${inFolder}`, 'runs the examples']] : []),
  ] as const;
  const width = Math.max(...next.map(([command]) => command.length));
  return [
    `Wrote ${plural(files.length, 'file')}. The project ${shown === '.' ? 'here' : `in ${shown}`} has ${counts}:`,
    ...files.map(({ path }) => `  ${shownPath(cwd, path)}`),
    '',
    'Next:',
    ...next.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`),
    '',
    'Then open the metrics file and change it: comments in it say what to look at.',
    '',
  ].join('\n');
}

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w./:@%+,-]+$/.test(path) ? path : `"${path}"`;
}
