import { failureMessage } from '../../core/evaluate/example-text.ts';
import type { MutationResult } from '../../core/mutate/find-unguarded.ts';
import { cleanLine } from '../clean-text.ts';
import type { Look } from '../look.ts';
import { plural } from '../plural.ts';
import { problemText } from '../problem-text.ts';
import type { MutateReport } from './mutate-report.ts';

/** Every clause that no example guards, marked where it stands, with an example that would; then one line that sums up. */
export function mutateText({ result, texts }: MutateReport, cwd: string, look: Look): string {
  const { color } = look;
  const blocks = result.unguarded.map(({ problem, example }) => {
    const help =
      example === undefined
        ? ''
        : `\n  ${color.green('= help:')} add to the examples of ${cleanLine(example.metric)}: - ${cleanLine(example.yaml)}`;
    return `${problemText({ cwd, look, texts }, problem)}${help}\n`;
  });
  const failing = result.failing.map(
    (one) =>
      `${color.red(look.glyphs.failed)} ${cleanLine(one.metric.name)} example ${one.index + 1}: ${cleanLine(failureMessage(one, 'number'))}\n`,
  );
  const told =
    failing.length === 0
      ? []
      : [`${failing.join('')}An example that fails guards nothing: see "plumbline test".\n`];
  return [...blocks, ...told, `${summary(result, look)}\n`].join('\n');
}

function summary(
  { unguarded, changes, metrics, bare, left }: MutationResult,
  { color, glyphs }: Look,
): string {
  const waived = changes.filter(({ outcome }) => outcome === 'waived').length;
  const without =
    bare.length === 0
      ? ''
      : ` ${bare.length === 1 ? '1 metric has' : `${bare.length} metrics have`} no example.`;
  const tried = `${plural(changes.length, 'change')} of the clauses of ${plural(metrics.length, 'metric')} and of what they use${waived === 0 ? '' : `, ${waived} waived`}`;
  const more =
    left === 0 ? '' : ` ${left.toLocaleString('en')} more were not tried: name metrics to look at fewer.`;
  if (changes.length === 0) return `No clauses to change.${without}`;
  if (unguarded.length === 0)
    return `${color.green(glyphs.ok)} Tried ${tried}: an example notices each${waived === 0 ? '' : ' other one'}.${without}${more}`;
  const noticed = unguarded.length === 1 ? 'is noticed by no example' : 'are noticed by no example';
  return `${color.yellow(color.bold(plural(unguarded.length, 'change')))} ${noticed}. Tried ${tried}.${without}${more}`;
}
