import type { MetricsFile, Project } from '../../model/project.ts';
import { page } from '../page.ts';
import { type Rule, spotOf } from '../report.ts';

/** The only version of the format that there is. */
const VERSION = '1';

/** Files of a version that this program does not know, and files that say none. */
export const unknownVersion: Rule = {
  id: 'unknown-version',
  severity: 'error',
  summary: 'A file is of a version of the format that is not known, or does not say its version.',
  documentation: page({
    why: `
      Every metrics file begins with the version of the format it is written in. A later version may give a word another
      meaning, so that a file of an unknown version is not read at all: nothing else is reported in it. A file without a
      version is read as version 1.`,
    wrong: `
      plumbline: 2
      metrics:
        orders: { type: count, source: orders }`,
    right: `
      plumbline: 1
      metrics:
        orders: { type: count, source: orders }`,
    mend: "Write `plumbline: 1` at the top, or install a version of Plumbline that knows the file's version.",
  }),
  check({ project }, report) {
    const { settings } = project;
    if (settings.path !== undefined && isUnknown(settings)) {
      const node = settings.version?.node ?? settings.root;
      if (node !== undefined) report(spotOf(settings.path, node), laterWords(settings.version?.text));
    }
    for (const file of project.files) {
      if (isUnknown(file) && file.version !== undefined) {
        report(spotOf(file.path, file.version.node), laterWords(file.version.text));
      } else if (lacksVersion(file)) {
        const first = file.root?.kind === 'map' ? file.root.entries[0]?.key : undefined;
        const spot =
          first === undefined ? { file: file.path, span: { start: 0, end: 0 } } : spotOf(file.path, first);
        const edit = { file: file.path, span: { start: 0, end: 0 }, text: 'plumbline: 1\n' };
        report(
          spot,
          'The file does not say which version of the format it is written in: begin it with "plumbline: 1".',
          {
            fixes: [{ title: 'Add "plumbline: 1" at the top', sure: true, edits: [edit] }],
          },
        );
      }
    }
  },
};

function laterWords(version: string | undefined): string {
  return `This version of Plumbline reads version ${VERSION} of the format, and this file says version ${version ?? 'nothing'}. Nothing else in the file is checked.`;
}

/** Whether a file says a version, and not ours. */
export function isUnknown({ version }: Pick<MetricsFile, 'version'>): boolean {
  return version !== undefined && version.text !== VERSION && version.node.value !== Number(VERSION);
}

/** Whether a file that holds something has no word for its version. A file that is empty, or no map, says nothing at all. */
export function lacksVersion(file: MetricsFile): boolean {
  return file.version === undefined && file.root?.kind === 'map';
}

/** The paths of the files in which nothing else is checked. */
export function filesOfUnknownVersion(project: Project): ReadonlySet<string> {
  const paths = new Set(project.files.filter(isUnknown).map(({ path }) => path));
  const { settings } = project;
  if (settings.path !== undefined && isUnknown(settings)) paths.add(settings.path);
  return paths;
}
