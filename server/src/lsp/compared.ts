import { VersionProblem } from '../core/diff-versions/version-store.ts';
import { Refusal } from '../core/plan/refusal.ts';
import type { Base } from '../core/preview/comparison.ts';
import type { PlaceWriter } from '../core/preview/comparison-of.ts';
import type { PreviewWork } from '../core/preview/preview-work.ts';
import { relativeTo } from '../core/workspace/paths.ts';
import type { LoadedProject } from '../core/workspace.ts';
import type { Location } from '../protocol/custom-request.ts';
import type { Work } from './evaluated.ts';
import type { ServerContext } from './feature.ts';
import { linesOf } from './lines.ts';
import type { ComparedVersions } from './session/comparison-run.ts';
import type { Snapshot } from './snapshot.ts';
import { uriOfVersion } from './version-uris.ts';

/** What compares a project with its versions, for a preview; `undefined` where nothing is evaluated. */
export function comparer(
  context: ServerContext,
  { session }: Snapshot,
  work: Pick<Work, 'signal' | 'tell'>,
): PreviewWork<Location>['compare'] {
  const { comparisons } = session;
  if (comparisons === undefined) return undefined;
  return async (base: Base) => {
    try {
      const compared = await comparisons.compare(base, work);
      // The lens above a changed definition counts what moved, and there may be another last commit.
      context.refresh();
      return { report: compared.report, at: placeWriter(context, session.root, compared) };
    } catch (error) {
      if (error instanceof VersionProblem) throw new Refusal(error.message);
      throw error;
    }
  };
}

function placeWriter(
  { projects }: ServerContext,
  root: string,
  { report, commit }: ComparedVersions,
): PlaceWriter<Location> {
  const project = projects.uriOfSettings({ root });
  return (side, { file, span }) => {
    const { loaded } = report[side];
    const uri =
      side === 'after'
        ? projects.uriOf(file)
        : uriOfVersion({ project, commit, path: relativeTo(loaded.project.folder, file) ?? file });
    return { uri, range: linesOf(textIn(loaded, file)).range(span) };
  };
}

function textIn({ texts, settings }: LoadedProject, file: string): { readonly text: string } {
  const known = texts.get(file);
  if (known !== undefined) return known;
  const own = settings?.file;
  return own?.path === file && typeof own.text === 'string' ? { text: own.text } : NOTHING;
}

/** The text of a file that cannot be read. */
const NOTHING = { text: '' };
