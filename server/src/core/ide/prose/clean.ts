/** Controls, and the marks that turn the direction of writing: in a description they would hide or reorder what it says. */
const UNSAFE = /[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

/** Text on one line: white space of any kind is one blank, and characters that show nothing are gone. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(UNSAFE, '');
}

/** Text without characters that show nothing; line breaks stay. */
export function visible(text: string): string {
  return text.replace(UNSAFE, (character) => (character === '\n' ? character : ''));
}
