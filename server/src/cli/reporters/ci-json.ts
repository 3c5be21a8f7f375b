import { pageOf } from '../../core/registry.ts';
import {
  type CiProject,
  type CiReport,
  type Finding,
  findingsIn,
  hasFailed,
  newOnes,
  stateOf,
} from '../ci/ci-report.ts';
import { pathFrom, positionIn } from '../ci/findings-of.ts';
import { inertJson } from '../ci/inert-log.ts';
import { jsonText } from '../json-text.ts';
import { textOf } from '../source-texts.ts';
import { partWords } from './ci-text.ts';

/** The document that `schemas/result.schema.json#/$defs/ci` states. Files are relative to the top of the repository. */
export function ciJson(report: CiReport): string {
  const findings = report.projects.flatMap((project) =>
    project.findings.map((finding) => findingDocument(report, project, finding)),
  );
  const all = findingsIn(report);
  const document = {
    passed: !hasFailed(report),
    projects: report.projects.map((project) => ({
      path: project.path,
      name: project.name,
      parts: project.parts.map((part) => ({
        part: part.part,
        state: stateOf(project, part),
        summary: partWords(project, part),
      })),
      truncated: project.full,
    })),
    findings,
    summary: {
      errors: newOnes(all, 'error').length,
      warnings: newOnes(all, 'warning').length,
      infos: newOnes(all, 'info').length,
      known: all.filter(({ isKnown }) => isKnown).length,
      mended: report.baseline?.mended ?? 0,
    },
  };
  return inertJson(jsonText(document));
}

function findingDocument({ top }: CiReport, project: CiProject, finding: Finding): object {
  const { part, problem, path, start, end, fingerprint, nth, isKnown } = finding;
  return {
    code: problem.code,
    severity: problem.severity,
    message: problem.message,
    file: path,
    start,
    end,
    ...problem.counts,
    part,
    project: project.path,
    fingerprint: `${fingerprint}:${nth}`,
    known: isKnown,
    related: (problem.related ?? []).map((place) => ({
      file: pathFrom(top, place.file),
      start: positionIn(textOf(project.texts, place.file), place.span.start),
      message: place.message,
    })),
    documentation: pageOf(problem.code),
  };
}
