import type { Problem } from './base/problem.ts';
import { check } from './check/check.ts';
import type { Checked, CheckedKind } from './check/checked.ts';
import { damageOf } from './check/damage.ts';
import { unexplainedBy } from './check/follow-ons.ts';
import { lacksVersion } from './check/rules/unknown-version.ts';
import { problemKinds } from './registry.ts';
import { schemaProblems } from './schema/problems.ts';
import { validateTree } from './schema/validate.ts';
import type { LoadedProject } from './workspace.ts';

/** A checked project with the problems of every floor that needs no rows, in order. */
export interface Analysis {
  readonly checked: Checked;
  readonly problems: readonly Problem[];
}

/**
 * Everything that can be said of a project without its rows: what its files say that is no YAML, what the schemas do not
 * allow, and what the definitions mean. A mistake is reported once, by the floor that knows it best.
 */
export function analyse(loaded: LoadedProject, kinds: ReadonlyMap<string, CheckedKind>): Analysis {
  const known = [...loaded.problems, ...schemaFindings(loaded)];
  const checked = check(loaded, kinds, { known, otherIds: problemKinds.map(({ id }) => id) });
  return { checked, problems: checked.problems };
}

/** What the schemas complain about, without what broken YAML explains. */
function schemaFindings({ project, trees, problems }: LoadedProject): Problem[] {
  const found = [...trees].flatMap(([path, { root }]) => {
    const kind = path === project.settings.path ? 'project' : 'metrics';
    const findings = validateTree(kind, root, path);
    const file = project.files.find((candidate) => candidate.path === path);
    // A missing version has a rule of its own, with words of its own.
    return file !== undefined && lacksVersion(file)
      ? findings.filter((finding) => !isAboutVersion(finding))
      : findings;
  });
  return found.filter(unexplainedBy(problems, damageOf(project, problems)));
}

const MISSING_KEY = schemaProblems.find(({ id }) => id === 'missing-key')?.id;

function isAboutVersion({ code, message }: Problem): boolean {
  return code === MISSING_KEY && message.includes('plumbline');
}
