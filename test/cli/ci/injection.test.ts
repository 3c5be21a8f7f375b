import assert from 'node:assert/strict';
import type { CiReport } from '../../../server/src/cli/ci/ci-report.ts';
import { type CiFormat, ciReporters } from '../../../server/src/cli/reporters/ci-reporters.ts';
import { parseXml } from '../xml.ts';
import { HOSTILE } from './hostile-texts.ts';
import { problemAtText, reportOf, TEXT, written } from './report-kit.ts';

const FORMATS = Object.keys(ciReporters) as readonly CiFormat[];

/** What a terminal would obey, and what turns the direction of writing. Reports have no use for any of it but the line break. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not be there.
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/;

/** A report in which a text stands wherever a stranger can put one: names, a path, messages, a related place, a line of the file. */
function reportWith(text: string): CiReport {
  const file = `/repo/metrics/${text}.metrics.yaml`;
  const shown = TEXT.replace('ordres', text.replace(/[\r\n]/g, ' '));
  const related = [{ file, span: { start: 0, end: 3 }, message: text }];
  const first = problemAtText(shown, 'sum', 'revenue', { message: text, file, related });
  const second = problemAtText(shown, 'count', '', { message: text, severity: 'warning' });
  return reportOf([first, second], { text: shown, name: text, metric: text });
}

const HARMLESS = reportWith('harmless');

describe('reports of plumbline ci on hostile texts', () => {
  for (const { what, text } of HOSTILE) {
    describe(what, () => {
      const report = reportWith(text);
      for (const format of FORMATS) {
        it(`sends no control character and no command in ${format}`, () => {
          const output = written(format, report);
          assert.doesNotMatch(output, CONTROLS);
          assert.deepEqual(commandsIn(output).length, format === 'github' ? 2 : 0);
        });

        it(`has as many lines in ${format} as with a harmless text`, () => {
          const count = (one: CiReport): number => written(format, one).split('\n').length;
          // A message of several lines may not begin one of its own.
          if (format !== 'text') assert.equal(count(report), count(HARMLESS));
          else assert.ok(count(report) <= count(HARMLESS));
        });
      }

      it('leaves two annotations of GitHub, with the rule and the severity that they have', () => {
        const commands = commandsIn(written('github', report));
        assert.deepEqual(
          commands.map(({ name }) => name),
          ['error', 'warning'],
        );
        for (const { properties } of commands) {
          assert.deepEqual(Object.keys(properties), ['file', 'line', 'endLine', 'col', 'endColumn', 'title']);
          assert.equal(properties.title, 'missing-source');
        }
      });

      it('leaves documents that can be read, with the shape that a harmless text gives them', () => {
        for (const format of ['json', 'sarif', 'gitlab'] as const) {
          const [own, other] = [report, HARMLESS].map((one) => shapeOf(JSON.parse(written(format, one))));
          assert.deepEqual(own, other);
        }
        const [own, other] = [report, HARMLESS].map((one) => elementsOf(written('junit', one)));
        assert.deepEqual(own, other);
      });
    });
  }
});

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
}

/**
 * The commands that runners find in a log. GitHub: `::name props::data` at the start of a trimmed line, `##[name]` anywhere in one
 * (`ActionCommand.TryParseV2` and `TryParse` of actions/runner); Azure and TeamCity: `##vso[`, `##teamcity[`.
 */
function commandsIn(output: string): readonly Command[] {
  return output.split(/\r\n|\r|\n/).flatMap((line): readonly Command[] => {
    const match = /^\s*::([^:\s]*)(?: (.*?))?::/s.exec(line);
    const older = [...line.matchAll(/##([A-Za-z]*)\[/g)].map(([all]) => ({ name: all, properties: {} }));
    if (match === null)
      return line.trimStart().startsWith('::') ? [{ name: line, properties: {} }, ...older] : older;
    const [, name = '', written = ''] = match;
    const properties = Object.fromEntries(
      written
        .split(',')
        .filter((pair) => pair !== '')
        .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    );
    return [{ name, properties }, ...older];
  });
}

/** The keys of a document, and what kind of value each has. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)]));
}

/** The names of all elements, in order, without the text that they hold. */
function elementsOf(xml: string): readonly string[] {
  const walk = ({ name, children }: ReturnType<typeof parseXml>): readonly string[] => [
    name,
    ...children.flatMap(walk),
  ];
  return walk(parseXml(xml));
}
