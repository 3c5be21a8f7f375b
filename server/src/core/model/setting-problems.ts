import { parseDay } from '../base/period.ts';
import { type Problem, problemOf } from '../base/problem.ts';
import { type ModelCode, modelProblem } from './problems.ts';
import type { Project, Word } from './project.ts';
import { isTimezone } from './timezone.ts';
import { wordAt } from './words.ts';

/**
 * The settings of `plumbline.yaml` that reading passed over because of what they say: an unknown time zone, or a date that is
 * none; and the time zones of sources. Wrong shapes are the JSON Schema's to report.
 */
export function settingProblems(project: Project): readonly Problem[] {
  const { path, root } = project.settings;
  const problems: Problem[] = [];
  const report = (code: ModelCode, file: string, { node }: Word, message: string): void => {
    problems.push(problemOf(modelProblem(code), { file, span: node.span }, message));
  };
  const checkTimezone = (file: string, word: Word | undefined): void => {
    if (word === undefined || isTimezone(word.text)) return;
    const advice = 'Use a name of the IANA database, such as "Europe/London" or "UTC".';
    report('unknown-timezone', file, word, `"${word.text}" is not a time zone. ${advice}`);
  };
  if (path !== undefined) {
    checkTimezone(path, wordAt(root, 'timezone'));
    const asOf = wordAt(root, 'as_of');
    if (asOf !== undefined && parseDay(asOf.text) === undefined) {
      report('bad-setting-date', path, asOf, `"${asOf.text}" is not a date. Write it as 2025-06-30.`);
    }
  }
  for (const source of project.sources.values()) checkTimezone(source.file, source.timezone);
  return problems;
}
