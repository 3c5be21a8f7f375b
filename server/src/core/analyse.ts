import type { Problem } from './base/problem.ts';
import { check } from './check/check.ts';
import type { Checked, CheckedKind } from './check/checked.ts';
import { damageOf } from './check/damage.ts';
import { unexplainedBy } from './check/follow-ons.ts';
import { lacksVersion } from './check/rules/unknown-version.ts';
import type { Surroundings } from './check/surroundings.ts';
import type { MetricsFile } from './model/project.ts';
import { problemKinds } from './registry.ts';
import { schemaProblems } from './schema/problems.ts';
import { validateTree } from './schema/validate.ts';
import { inFiles, type LoadedProject } from './workspace.ts';

/** A checked project with the problems of every floor that needs no rows. */
export interface Analysis {
  /** Its problems stand in the units of files. */
  readonly checked: Checked;
  /** The same problems as they stand in files, in order. */
  readonly problems: readonly Problem[];
}

/**
 * Everything that can be said of a project without its rows: what its files say that is no YAML, what the schemas do not
 * allow, and what the definitions mean. A mistake is reported once, by the floor that knows it best.
 *
 * @param surroundings of the whole project, where only a part of its files is there
 */
export function analyse(
  loaded: LoadedProject,
  kinds: ReadonlyMap<string, CheckedKind>,
  surroundings?: Surroundings,
): Analysis {
  const { said, explained } = schemaFindings(loaded);
  const known = [...loaded.problems, ...said];
  const checked = check(loaded, kinds, {
    known,
    explained,
    otherIds: problemKinds.map(({ id }) => id),
    ...(surroundings === undefined ? {} : { surroundings }),
  });
  return { checked, problems: inFiles(loaded, checked.problems) };
}

/** What the schemas complain about; what broken YAML explains is not said. */
function schemaFindings({ project, settings, problems }: LoadedProject): {
  readonly said: readonly Problem[];
  readonly explained: readonly Problem[];
} {
  const ofSettings =
    settings?.tree === undefined ? [] : validateTree('project', settings.tree.root, settings.file.path);
  const found = [...ofSettings, ...project.files.flatMap(fileFindings)];
  const isUnexplained = unexplainedBy(problems, damageOf(project, problems));
  const said = found.filter(isUnexplained);
  if (said.length === found.length) return { said, explained: [] };
  return { said, explained: found.filter((finding) => !isUnexplained(finding)) };
}

/** What a file says is checked once, however often the project around it changes. */
const checked = new WeakMap<MetricsFile, readonly Problem[]>();

/** What the schema does not allow in a metrics file, or a unit of one. */
export function fileFindings(file: MetricsFile): readonly Problem[] {
  const known = checked.get(file);
  if (known !== undefined) return known;
  const findings = validateTree('metrics', file.root, file.path);
  // A missing version has a rule of its own, with words of its own.
  const own = lacksVersion(file) ? findings.filter((finding) => !isAboutVersion(finding)) : findings;
  checked.set(file, own);
  return own;
}

const MISSING_KEY = schemaProblems.find(({ id }) => id === 'missing-key')?.id;

function isAboutVersion({ code, message }: Problem): boolean {
  return code === MISSING_KEY && message.includes('plumbline');
}
