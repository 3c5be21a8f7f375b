import type { CiProject, Finding } from './ci-report.ts';

/**
 * Leaves out what the rules about changes say of a place at which an error stands: what is wrong itself has to change once more, and is
 * held to the rules then. Only errors that fail the run count, so that neither a warning nor a finding of the baseline lets a change pass.
 */
export function withoutBroken(project: CiProject): CiProject {
  const places = new Set(
    project.findings.flatMap((finding) => (isBroken(finding) ? [placeOf(finding)] : [])),
  );
  return {
    ...project,
    findings: project.findings.filter(
      (finding) => finding.part !== 'policy' || !places.has(placeOf(finding)),
    ),
  };
}

function isBroken({ part, problem, isKnown }: Finding): boolean {
  return (part === 'definitions' || part === 'data') && problem.severity === 'error' && !isKnown;
}

function placeOf({ problem }: Finding): string {
  return `${problem.span.start} ${problem.file}`;
}
