import { insideAny } from '../../check/inside.ts';
import { syntaxProblems } from '../../syntax/problems.ts';
import { type ActionProvider, actionOf } from './action.ts';
import { insertAbove } from './new-definition.ts';
import { problemsAt } from './rule-fixes.ts';

/**
 * Silences the rule of a problem for the definition in which it stands, by a comment above it. The reason is required, and only
 * people know it: the words that stand for it are to be replaced. Text that YAML cannot read is nothing to be silent about, nor is a
 * comment that silences nothing.
 */
export const suppressRule: ActionProvider = ({ context, file, span }) =>
  problemsAt(context, file.file.path, span).flatMap((problem) => {
    const definition = file.file.definitions.find((each) => insideAny([each])(problem));
    if (definition === undefined || LOUD.has(problem.code)) return [];
    const line = `# plumbline-ignore ${problem.code}: say why here`;
    return actionOf(
      { title: `Ignore "${problem.code}" for "${definition.name}"`, kind: 'quickfix', fixes: problem },
      [insertAbove(file, definition, line)],
    );
  });

const LOUD: ReadonlySet<string> = new Set([
  ...syntaxProblems.map(({ id }) => id),
  'bad-ignore',
  'unknown-version',
  'expression-cut',
]);
