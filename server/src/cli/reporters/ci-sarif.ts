import type { Problem, ProblemKind } from '../../core/base/problem.ts';
import { pageOf, problemKinds } from '../../core/registry.ts';
import { type CiProject, type CiReport, type Finding, findingsIn, hasFailed } from '../ci/ci-report.ts';
import { pathFrom, positionIn } from '../ci/findings-of.ts';
import { inertJson } from '../ci/inert-log.ts';
import { cleanLine, wellFormed } from '../clean-text.ts';
import { jsonText } from '../json-text.ts';
import { textOf } from '../source-texts.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const LEVELS = { error: 'error', warning: 'warning', info: 'note', off: 'none' } as const;

/**
 * The findings as SARIF 2.1.0 (OASIS), with the pages of the rules as their help. Files are relative to the top of the repository, to
 * which readers resolve `%SRCROOT%`. Columns count UTF-16 code units.
 *
 * @param version of Plumbline
 */
export function ciSarif(report: CiReport, version: string): string {
  const used = new Set(findingsIn(report).map(({ problem }) => problem.code));
  const rules = problemKinds.filter(({ id }) => used.has(id));
  const index = new Map(rules.map(({ id }, at) => [id, at]));
  const run = {
    tool: {
      driver: { name: 'Plumbline', semanticVersion: version, rules: rules.map(ruleDescriptor) },
    },
    invocations: [{ executionSuccessful: true, exitCode: hasFailed(report) ? 1 : 0 }],
    columnKind: 'utf16CodeUnits',
    results: report.projects.flatMap((project) =>
      project.findings.map((finding) => result(report, project, finding, index)),
    ),
  };
  return inertJson(jsonText({ $schema: SCHEMA, version: '2.1.0', runs: [run] }));
}

function ruleDescriptor({ id, severity, summary, documentation }: ProblemKind): object {
  return {
    id,
    name: id.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase()),
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    help: { text: documentation.trim(), markdown: documentation.trim() },
    defaultConfiguration: { level: LEVELS[severity], enabled: severity !== 'off' },
    properties: { documentation: pageOf(id) },
  };
}

function result(
  report: CiReport,
  project: CiProject,
  finding: Finding,
  rules: ReadonlyMap<string, number>,
): object {
  const { problem, path, start, end, fingerprint, nth, isKnown, part } = finding;
  const ruleIndex = rules.get(problem.code);
  const print = `${fingerprint}:${nth}`;
  const region = {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
  return {
    ruleId: problem.code,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[problem.severity],
    message: { text: messageText(problem.message) },
    locations: [{ physicalLocation: { artifactLocation: artifact(path), region } }],
    ...related(report, project, problem),
    // GitHub reads the first of these names only; the second is ours.
    partialFingerprints: { primaryLocationLineHash: print, 'plumbline/v1': print },
    ...(report.baseline === undefined ? {} : { baselineState: isKnown ? 'unchanged' : 'new' }),
    ...(isKnown ? { suppressions: [{ kind: 'external', justification: 'It is in the baseline.' }] } : {}),
    properties: { part, ...problem.counts },
  };
}

function related({ top }: CiReport, { texts }: CiProject, { related: places = [] }: Problem): object {
  if (places.length === 0) return {};
  const relatedLocations = places.map(({ file, span, message }, id) => {
    const { line, column } = positionIn(textOf(texts, file), span.start);
    const artifactLocation = artifact(pathFrom(top, file));
    return {
      id,
      physicalLocation: { artifactLocation, region: { startLine: line, startColumn: column } },
      message: { text: messageText(message) },
    };
  });
  return { relatedLocations };
}

/** A path as a URI reference. A name of a stranger may hold anything, also what begins like a scheme. */
function artifact(path: string): object {
  const uri = path
    .split('/')
    .map((name) => encodeURIComponent(wellFormed(name)))
    .join('/');
  return path.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: '%SRCROOT%' };
}

/** Readers make a link of `[text](target)` in a message, and look for an argument behind `{0}`: neither is meant by ours. */
function messageText(message: string): string {
  return cleanLine(message)
    .replaceAll('](', '] (')
    .replace(/\{(\d+)\}/g, '{{$1}}');
}
