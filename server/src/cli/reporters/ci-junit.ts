import {
  type CiPart,
  type CiPartName,
  type CiProject,
  type CiReport,
  type Finding,
  newOnes,
} from '../ci/ci-report.ts';
import { inertXml } from '../ci/inert-log.ts';
import { cleanLine } from '../clean-text.ts';
import { attributesOf, escapeXml } from './junit-xml.ts';

/**
 * The run in the form of JUnit's Ant task: a suite for each part of each project, a case for each file of it (of tests, for each
 * example), and one for each new error. Warnings and notes stand in the output of their suite, since JUnit knows no warnings.
 *
 * @param timestamp when it ran: `2025-06-30T12:00:00`
 */
export function ciJunit(report: CiReport, timestamp: string): string {
  const suites = report.projects
    .flatMap((project) =>
      project.parts
        .filter(({ skipped }) => skipped === undefined)
        .map((part): readonly [CiProject, CiPart] => [project, part]),
    )
    .map(([project, { part }], id) => suite(project, part, id, timestamp));
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...suites, '</testsuites>', ''];
  return inertXml(lines.join('\n'));
}

function suite(project: CiProject, part: CiPartName, id: number, timestamp: string): string {
  const own = project.findings.filter((finding) => finding.part === part);
  const errors = newOnes(own, 'error');
  const others = own.filter((finding) => !errors.includes(finding));
  const sound = part === 'tests' ? passedExamples(project) : soundFiles(project, errors);
  const attributes = attributesOf({
    package: cleanLine(project.name),
    id,
    name: `${cleanLine(project.path)} ${part}`,
    timestamp,
    hostname: 'localhost',
    tests: sound.length + errors.length,
    failures: errors.length,
    errors: 0,
    time: 0,
  });
  const output = others.map((finding) => `${finding.problem.severity} ${lineOf(finding)}\n`).join('');
  return [
    `  <testsuite${attributes}>`,
    // Jenkins takes no list of properties without one.
    `    <properties><property${attributesOf({ name: 'part', value: part })}/></properties>`,
    ...errors.map(failure),
    ...sound.map(({ name, file }) => `    <testcase${attributesOf({ name, classname: file, time: 0 })}/>`),
    `    <system-out>${escapeXml(output)}</system-out>`,
    '    <system-err/>',
    '  </testsuite>',
  ].join('\n');
}

interface Sound {
  readonly name: string;
  readonly file: string;
}

function passedExamples({ tests }: CiProject): readonly Sound[] {
  return tests
    .filter(({ outcome }) => outcome === 'passed')
    .map(({ metric, number, path }) => ({
      name: cleanLine(`${metric} example ${number}`),
      file: cleanLine(path),
    }));
}

function soundFiles({ files }: CiProject, errors: readonly Finding[]): readonly Sound[] {
  const broken = new Set(errors.map(({ path }) => path));
  return files
    .filter((path) => !broken.has(path))
    .map((path) => ({ name: 'no errors', file: cleanLine(path) }));
}

function failure(finding: Finding): string {
  const { problem, path, start } = finding;
  const name = `${problem.code} at ${start.line}:${start.column}`;
  const message = cleanLine(problem.message);
  return [
    `    <testcase${attributesOf({ name, classname: cleanLine(path), time: 0 })}>`,
    `      <failure${attributesOf({ message, type: problem.code })}>${escapeXml(lineOf(finding))}</failure>`,
    '    </testcase>',
  ].join('\n');
}

function lineOf({ problem, path, start }: Finding): string {
  return cleanLine(`${path}:${start.line}:${start.column}: ${problem.message} [${problem.code}]`);
}
