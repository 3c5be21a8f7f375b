import type { TriedChange } from '../../core/mutate/find-unguarded.ts';
import type { UnguardedClause } from '../../core/mutate/try-change.ts';
import { pathOf } from '../../core/syntax/units/unit-id.ts';
import { placeIn } from '../../core/workspace/in-files.ts';
import { relativeTo } from '../../core/workspace/paths.ts';
import { placeDocument } from '../problem-json.ts';
import { attributesOf, escapeXml } from './junit-xml.ts';
import type { MutateReport } from './mutate-report.ts';

/**
 * The changes of clauses in the form of JUnit's Ant task, as `testJunit` writes examples: a suite for each definition, a case for each
 * change that was tried, which fails where no example notices it.
 *
 * @param timestamp when they were tried: `2025-06-30T12:00:00`
 */
export function mutateJunit(report: MutateReport, timestamp: string): string {
  const definitions = [...new Set(report.result.changes.map(({ definition }) => definition))];
  const suites = definitions.map((definition, id) => {
    const changes = report.result.changes.filter((change) => change.definition === definition);
    const attributes = attributesOf({
      package: report.project ?? 'plumbline',
      id,
      name: `${definition.definition} ${definition.name}`,
      timestamp,
      hostname: 'localhost',
      tests: changes.length,
      failures: changes.filter(({ outcome }) => outcome === 'unguarded').length,
      errors: 0,
      skipped: changes.filter(({ outcome }) => outcome === 'waived').length,
      time: 0,
    });
    return [
      `  <testsuite${attributes}>`,
      '    <properties/>',
      ...changes.map((change) => testCase(report, change)),
      '    <system-out/>',
      '    <system-err/>',
      '  </testsuite>',
    ].join('\n');
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...suites, '</testsuites>', ''].join(
    '\n',
  );
}

function testCase(report: MutateReport, { definition, change, outcome }: TriedChange): string {
  const path = pathOf(definition.file);
  const file = relativeTo(report.folder, path) ?? path;
  const { span } = placeIn(report.files, { file: definition.file, span: change.span });
  const place = placeDocument(report.folder, report.texts, { file: path, span });
  const at = `${place.file}:${place.start.line}:${place.start.column}`;
  const name = `${change.words} (line ${place.start.line})`;
  const attributes = attributesOf({ name, classname: `${file}.${definition.name}`, time: 0 });
  if (outcome === 'guarded') return `    <testcase${attributes}/>`;
  if (outcome === 'waived') return `    <testcase${attributes}><skipped/></testcase>`;
  const isIt = (clause: UnguardedClause): boolean => clause.change === change;
  const message = report.result.unguarded.find(isIt)?.problem.message ?? change.words;
  return [
    `    <testcase${attributes}>`,
    `      <failure${attributesOf({ message, type: 'unguarded-clause' })}>${escapeXml(`${at}\n${message}`)}</failure>`,
    '    </testcase>',
  ].join('\n');
}
