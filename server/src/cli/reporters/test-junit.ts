import { expectPlace, failureMessage } from '../../core/evaluate/example-text.ts';
import type { ExampleResult } from '../../core/evaluate/run-examples.ts';
import { pathOf } from '../../core/syntax/units/unit-id.ts';
import { relativeTo } from '../../core/workspace/paths.ts';
import { placeDocument } from '../problem-json.ts';
import { attributesOf, escapeXml } from './junit-xml.ts';
import { byMetric, type MetricTests, type TestReport } from './test-report.ts';

/**
 * The results in the form of JUnit's Ant task, which CI servers read: a suite for each metric, a case for each example. It holds every
 * attribute and element that the stricter of the common schemas (windyroad/JUnit-Schema) requires.
 *
 * @param timestamp when the examples ran: `2025-06-30T12:00:00`
 */
export function testJunit(report: TestReport, timestamp: string): string {
  const suites = byMetric(report).map((tests, id) => suite(report, tests, id, timestamp));
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...suites, '</testsuites>', ''].join(
    '\n',
  );
}

function suite(report: TestReport, { metric, results }: MetricTests, id: number, timestamp: string): string {
  const failures = results.filter(({ passed, refused }) => !passed && refused === undefined).length;
  const errors = results.filter(({ passed, refused }) => !passed && refused !== undefined).length;
  const attributes = attributesOf({
    package: report.project ?? 'plumbline',
    id,
    name: metric.name,
    timestamp,
    hostname: 'localhost',
    tests: results.length,
    failures,
    errors,
    time: 0,
  });
  return [
    `  <testsuite${attributes}>`,
    '    <properties/>',
    ...results.map((result) => testCase(report, result)),
    '    <system-out/>',
    '    <system-err/>',
    '  </testsuite>',
  ].join('\n');
}

function testCase(report: TestReport, result: ExampleResult): string {
  const { metric, index, passed, refused } = result;
  const place = placeDocument(report.folder, report.texts, expectPlace(report.files, result));
  const path = pathOf(metric.file);
  const file = relativeTo(report.folder, path) ?? path;
  const at = `${place.file}:${place.start.line}:${place.start.column}`;
  const attributes = attributesOf({
    name: `example ${index + 1}`,
    classname: `${file}.${metric.name}`,
    time: 0,
  });
  if (passed) return `    <testcase${attributes}/>`;
  const message = failureMessage(result, report.units.get(metric.name) ?? 'number');
  const tag = refused === undefined ? 'failure' : 'error';
  const type = refused === undefined ? 'example-fails' : 'not-computed';
  return [
    `    <testcase${attributes}>`,
    `      <${tag}${attributesOf({ message, type })}>${escapeXml(`${at}\n${message}`)}</${tag}>`,
    '    </testcase>',
  ].join('\n');
}
