import { labelOf } from '../../model/label-of.ts';
import type { Definition, Project } from '../../model/project.ts';
import type { Run, Words } from '../prose/prose.ts';

/** The label of a definition, or where there is none of that name the name as it is written. */
export function labelIn(definitions: ReadonlyMap<string, Definition>, name: string): Run {
  const definition = definitions.get(name);
  return definition === undefined ? { code: name } : labelOf(definition);
}

/** The label of a source, such as `Survey answers`. */
export function sourceLabel(project: Project, name: string): Run {
  return labelIn(project.sources, name);
}

/** Conditions that must all hold: `a and b`. */
export function conditionWords(conditions: readonly { readonly text: string }[]): Words {
  return conditions.flatMap(({ text }, index): Words => [...(index === 0 ? [] : [' and ']), { code: text }]);
}

/** A text with the parts of it that stand in the project as expressions or names shown as code. */
export function withCode(text: string, codes: readonly string[]): Words {
  const found = [...new Set(codes)]
    .filter((code) => code.trim() !== '')
    .map((code) => ({ code, at: text.indexOf(code) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at || b.code.length - a.code.length)[0];
  if (found === undefined) return text === '' ? [] : [text];
  const { code, at } = found;
  const before = at === 0 ? [] : [text.slice(0, at)];
  return [...before, { code }, ...withCode(text.slice(at + code.length), codes)];
}
