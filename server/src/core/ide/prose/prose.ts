/**
 * A stretch of text. Strings are plain text, whatever characters are in them; only `code` and `strong` look different.
 */
export type Run = string | { readonly code: string } | { readonly strong: string };

/** A line of text. */
export type Words = readonly Run[];

/** A piece of a description. It becomes Markdown or plain text in one place, where everything is escaped. */
export type Block =
  | { readonly kind: 'paragraph'; readonly words: Words }
  | { readonly kind: 'list'; readonly items: readonly Words[] }
  /** Text in a fixed width. `language` is a word of ours. */
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  /** A drawing, in ASCII characters and without any text from outside; `alt` says what it shows. */
  | { readonly kind: 'image'; readonly svg: string; readonly alt: string }
  /** Markdown that is our own, such as that of the schema. Nothing from a project or its data may be in it. */
  | { readonly kind: 'markdown'; readonly text: string };

/** A paragraph of runs. */
export function paragraph(...words: Words): Block {
  return { kind: 'paragraph', words };
}

/** A list, or nothing where it has no items. */
export function list(items: readonly Words[]): readonly Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

/** Words with commas between, and `and` before the last: `a, b and c`. */
export function enumerate(items: readonly Words[], last = 'and'): Words {
  return items.flatMap((item, index): Words => {
    if (index === 0) return item;
    return [index === items.length - 1 ? ` ${last} ` : ', ', ...item];
  });
}

/** So many of the items, and how many more there are. */
export function enumerateSome(items: readonly Words[], most: number): Words {
  if (items.length <= most) return enumerate(items);
  const more = items.length - most + 1;
  return enumerate([...items.slice(0, most - 1), [`${more} more`]]);
}

/** The same words, the first letter large. Code stays as it is. */
export function capitalized(words: Words): Words {
  const [first, ...rest] = words;
  if (typeof first !== 'string') return words;
  return [`${first.charAt(0).toUpperCase()}${first.slice(1)}`, ...rest];
}
