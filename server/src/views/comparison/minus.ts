/** A text in which a number below zero has a minus sign in place of a hyphen, behind which a line could end. */
export function withMinus(text: string): string {
  return text.replace(/(^|[\s(])-(?=[^\s\d-]{0,4}\d)/g, '$1−');
}

/** The same for a text whose lines break: a sign stays with the currency behind it. */
export function unbroken(text: string): string {
  return withMinus(text).replace(/(^|[\s(])([+−])(?=[^\s\d]{1,4}\d)/g, '$1$2\u2060');
}
