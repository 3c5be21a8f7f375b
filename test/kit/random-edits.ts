/** A generator of numbers from 0 to 1, always the same for one seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const TYPED = [...'abz09_ :,.#\'"{}[]-&*|>\t\n\n  ', '\n  ', '\n    ', ': ', '- ', '# ', '\r\n', 'é', '😀'];

/**
 * Texts that somebody could make of one by typing, deleting, pasting pieces of it elsewhere, dragging lines and undoing, each
 * the text before it with one edit. The same for one seed.
 */
export function* randomEdits(text: string, seed: number, count: number): Generator<string> {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const history: string[] = [];
  let now = text;
  for (let index = 0; index < count; index++) {
    const before = now;
    now = editOf(now, below, history);
    if (now !== before) history.push(before);
    yield now;
  }
}

/** One edit of a text, or a step back in its `history`. */
export function editOf(text: string, below: (limit: number) => number, history: string[]): string {
  const at = below(text.length + 1);
  const put = (from: number, to: number, piece: string): string =>
    text.slice(0, from) + piece + text.slice(to);
  const lineAt = (offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;
  switch (below(10)) {
    case 0:
    case 1:
    case 2:
      return put(at, at, TYPED[below(TYPED.length)] ?? '');
    case 3:
    case 4:
      return put(at, Math.min(text.length, at + 1 + below(3)), '');
    case 5: {
      const from = lineAt(below(text.length + 1));
      const to = Math.min(text.length, from + below(200));
      return put(lineAt(at), lineAt(at), text.slice(from, to));
    }
    case 6: {
      const end = text.indexOf('\n', at);
      return put(lineAt(at), end < 0 ? text.length : end + 1, '');
    }
    case 7: {
      const start = lineAt(at);
      return text[start] === ' ' ? put(start, start + 1, '') : put(start, start, ' ');
    }
    default:
      // Undone more often than done, so that the text stays one that somebody would write.
      return history.pop() ?? text;
  }
}
