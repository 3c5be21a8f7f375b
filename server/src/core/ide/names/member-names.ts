import type { Checked } from '../../check/checked.ts';
import { parsedExpression } from '../../check/parsed.ts';
import type { Segment, Word } from '../../model/project.ts';
import type { Expression } from '../../syntax/expression/ast.ts';
import { operandsOf } from '../../syntax/expression/names.ts';
import { add, type Collector } from './occurrence.ts';

/** The column of a union that holds the name of the member: what it is compared with are names of sources. */
const SOURCE_NAME = 'source_name';

/** Adds the sources that an expression names as texts, as in `source_name = 'tickets'`. */
export function addMemberNames(
  to: Collector,
  checked: Checked,
  word: Word,
  expression: Expression,
  source: string,
): void {
  for (const { value, texts } of comparisons(expression)) {
    const members = value.kind === 'name' ? membersNamedBy(checked, value, source) : undefined;
    for (const text of texts) {
      if (members === undefined || text.kind !== 'literal' || text.type !== 'text') continue;
      if (!members.has(text.value)) continue;
      const within = { start: text.span.start + 1, end: text.span.end - 1 };
      add(to, { kind: 'source', owner: undefined, name: text.value }, word, within);
    }
  }
  for (const operand of operandsOf(expression)) addMemberNames(to, checked, word, operand, source);
}

/** Whether the groups of a segment are the names of a union's members, so that one of them names a source. */
export function isMemberGroup(checked: Checked, segment: Segment | undefined, group: string): boolean {
  if (segment?.form.kind !== 'by' || segment.source === undefined) return false;
  const { expression } = parsedExpression(segment.form.by);
  return (
    expression.kind === 'name' &&
    membersNamedBy(checked, expression, segment.source.text)?.has(group) === true
  );
}

interface Comparison {
  readonly value: Expression;
  readonly texts: readonly Expression[];
}

function comparisons(expression: Expression): readonly Comparison[] {
  if (expression.kind === 'in') return [{ value: expression.value, texts: expression.list }];
  if (expression.kind !== 'binary' || (expression.op !== '=' && expression.op !== '<>')) return [];
  const { left, right } = expression;
  return [
    { value: left, texts: [right] },
    { value: right, texts: [left] },
  ];
}

/** The members of the union whose `source_name` a name is; `undefined` for every other name. */
function membersNamedBy(
  checked: Checked,
  { parts }: Extract<Expression, { kind: 'name' }>,
  source: string,
): ReadonlySet<string> | undefined {
  const names = parts.map(({ text }) => text);
  if (names.at(-1) !== SOURCE_NAME) return undefined;
  const home = checked.follow(source, names.slice(0, -1));
  const union = checked.project.sources.get(home ?? '')?.union;
  return union && new Set(union.items.map((member) => member.source.text));
}
