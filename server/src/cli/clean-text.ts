/**
 * Characters that would move the cursor, change colours, or reorder text: C0 and C1 controls and the controls of writing
 * direction. Names, messages and data come from files, so that none of these may reach a terminal.
 */
const UNSAFE = /[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

/** Text for a terminal, without control characters; line breaks stay. */
export function cleanText(text: string): string {
  return text.replace(UNSAFE, (character) => (character === '\n' ? character : ''));
}

/** Text for one line of a terminal: line breaks and tabs become spaces, other control characters go. */
export function cleanLine(text: string): string {
  return text.replace(UNSAFE, (character) => (/[\n\r\t]/.test(character) ? ' ' : ''));
}

/** Text of JSON, control characters as escapes; the line breaks and spaces of its layout stay. */
export function escapeUnsafe(json: string): string {
  return json.replace(UNSAFE, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A line of source text: every control character is shown as one replacement character, so that it is seen and keeps its column. Tabs stay. */
export function visibleLine(text: string): string {
  return text.replace(UNSAFE, (character) => (character === '\t' ? character : '\ufffd'));
}

/** Text in which a half of a surrogate pair that stands alone is a replacement character: some encodings have no way to write it. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
