import type { Definition } from '../../model/project.ts';
import type { YamlNode } from '../../syntax/yaml/tree.ts';

/**
 * Where the hint of a definition stands: at the end of its name's line, so that no text is pushed aside; behind the body where
 * that ends on the same line, as several definitions may share it.
 */
export function behindName(text: string, { nameNode, node }: Definition): number {
  const end = lineEnd(text, nameNode.span.end);
  const body = node?.span.end ?? end;
  return node?.flow === true && body <= end ? body : end;
}

/** Directly behind a value. White space that belongs to it, such as the last line break of a block scalar, is left out. */
export function behindValue(text: string, { span }: YamlNode): number {
  let end = span.end;
  while (end > span.start && /\s/.test(text.charAt(end - 1))) end--;
  return end;
}

/** Behind the last character of a line that is not white space. */
function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !/[\r\n]/.test(text.charAt(end))) end++;
  while (end > offset && /\s/.test(text.charAt(end - 1))) end--;
  return end;
}
