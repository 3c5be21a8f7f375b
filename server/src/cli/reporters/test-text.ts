import { computedText, countedText, expectedText, expectPlace } from '../../core/evaluate/example-text.ts';
import type { ExampleResult } from '../../core/evaluate/run-examples.ts';
import { pathOf } from '../../core/syntax/units/unit-id.ts';
import { relativeTo } from '../../core/workspace/paths.ts';
import { cleanLine } from '../clean-text.ts';
import type { Look } from '../look.ts';
import { placeText } from '../problem-text.ts';
import { wrapText } from '../text-width.ts';
import { byMetric, type MetricTests, type TestReport } from './test-report.ts';

/** Each metric with its examples; of those that fail, what was expected, what was computed and from which rows. */
export function testText(report: TestReport, cwd: string, look: Look): string {
  const { color } = look;
  const lines: string[] = [];
  let file: string | undefined;
  for (const tests of byMetric(report)) {
    const path = pathOf(tests.metric.file);
    if (path !== file) {
      if (file !== undefined) lines.push('');
      file = path;
      lines.push(color.bold(cleanLine(relativeTo(report.folder, file) ?? file)));
    }
    lines.push(...metricLines(report, tests, cwd, look));
  }
  return `${[...lines, ...(lines.length === 0 ? [] : ['']), summary(report, look)].join('\n')}\n`;
}

function metricLines(
  report: TestReport,
  { metric, results }: MetricTests,
  cwd: string,
  look: Look,
): readonly string[] {
  const { color, glyphs } = look;
  const failed = results.filter(({ passed }) => !passed);
  const count = results.length === 1 ? '1 example' : `${results.length} examples`;
  const name = cleanLine(metric.name);
  if (failed.length === 0) return [`  ${color.green(glyphs.ok)} ${name} ${color.dim(count)}`];
  return [
    `  ${color.red(glyphs.failed)} ${name} ${color.dim(`${failed.length} of ${count} failed`)}`,
    ...failed.flatMap((result) => failureLines(report, result, cwd, look)),
  ];
}

const INDENT = '      ';

function failureLines(
  { texts, files, units }: TestReport,
  result: ExampleResult,
  cwd: string,
  { color, width }: Look,
): readonly string[] {
  const place = placeText({ cwd, texts }, expectPlace(files, result));
  const computed = computedText(result, units.get(result.metric.name) ?? 'number');
  const given = result.example.given === undefined ? '' : ' given';
  const rows = result.counted.length === 0 ? [] : [`from${given} ${cleanLine(countedText(result))}`];
  const reason = result.refused === undefined ? [] : [cleanLine(result.refused)];
  const wrapped = [...rows, ...reason].flatMap((text) => wrapText(text, width - INDENT.length));
  return [
    `    example ${result.index + 1} ${color.dim(`at ${place}`)}`,
    `${INDENT}expected ${color.green(cleanLine(expectedText(result)))}`,
    ...(computed === undefined ? [] : [`${INDENT}computed ${color.red(computed)}`]),
    ...wrapped.map((line) => `${INDENT}${line}`),
  ];
}

function summary(report: TestReport, { color, glyphs }: Look): string {
  const { results, metrics } = report;
  const failed = results.filter(({ passed }) => !passed).length;
  const tested = byMetric(report).length;
  const bare = metrics.length - tested;
  const without = bare === 0 ? '' : ` ${bare === 1 ? '1 metric has' : `${bare} metrics have`} no example.`;
  if (results.length === 0) return `No examples.${without}`;
  const of = `${results.length} ${results.length === 1 ? 'example' : 'examples'} of ${tested} ${tested === 1 ? 'metric' : 'metrics'}`;
  if (failed === 0) return `${color.green(glyphs.ok)} ${of}: all passed.${without}`;
  return `${color.red(color.bold(`${failed} failed`))}, ${results.length - failed} passed: ${of}.${without}`;
}
