import { Composer, CST, Lexer, type ParsedNode, Parser, Schema } from 'yaml';
import type { Comment } from './tree.ts';

/** A complaint of the `yaml` library. Its span may be anything; `messages.ts` mends it. */
export interface LibraryError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** A stretch of the text that is parsed on its own. */
export interface Stretch {
  /** Where its first character that is not white space stands. */
  readonly from: number;
  readonly to: number;
  /** The column that the first line is taken to begin at; the other lines have those of the text. */
  readonly indent: number;
}

/** What the library made of a stretch; every place in it is an offset of the whole text. */
export interface Chunk {
  readonly contents: ParsedNode | null;
  readonly errors: readonly LibraryError[];
  readonly warnings: readonly LibraryError[];
  readonly comments: readonly Comment[];
  /** Where the text became nested too deeply; what follows was not read. */
  readonly tooDeep: number | undefined;
}

/** How many collections may stand in one another. Every recursion over trees relies on it. */
export const MAX_DEPTH = 200;

/** More errors than this of one chunk are not looked at. */
const MAX_ERRORS = 50;

const OPTIONS = {
  version: '1.2',
  // Made once: recovery parses thousands of small chunks. Without known tags, nothing ever changes it.
  schema: new Schema({ schema: 'core', merge: false, resolveKnownTags: false }),
  strict: true,
  uniqueKeys: false,
  keepSourceTokens: true,
  logLevel: 'silent',
} as const;

/**
 * Runs the `yaml` library over one stretch. `depth` is the number of collections that the stretch already stands
 * in. Never throws. The tokens are driven by hand to find the comments, and to stop before the nesting becomes so
 * deep that the library would exhaust the stack.
 */
export function parseChunk(text: string, stretch: Stretch, depth = 0): Chunk {
  const state: TokenState = { comments: [], tooDeep: undefined };
  const { from, to, indent } = stretch;
  const source = ' '.repeat(indent) + text.slice(from, to);
  try {
    const tokens = tokensOf(source, from - indent, MAX_DEPTH - depth, state);
    for (const document of new Composer(OPTIONS).compose(tokens, true, to)) {
      const { contents } = document;
      const errors = document.errors.slice(0, MAX_ERRORS);
      const warnings = document.warnings.slice(0, MAX_ERRORS);
      return { contents, errors, warnings, comments: state.comments, tooDeep: state.tooDeep };
    }
  } catch {
    // The library is not known to throw. Should it do so, the stretch counts as unreadable and the rest lives on.
  }
  const error: LibraryError = { code: 'IMPOSSIBLE', message: '', pos: [from, to] };
  return { contents: null, errors: [error], warnings: [], comments: state.comments, tooDeep: state.tooDeep };
}

/** Whether the library read the whole stretch without complaint. */
export function isClean(chunk: Chunk): boolean {
  return chunk.errors.length === 0 && chunk.tooDeep === undefined;
}

interface TokenState {
  readonly comments: Comment[];
  tooDeep: number | undefined;
}

function* tokensOf(
  source: string,
  base: number,
  maxDepth: number,
  state: TokenState,
): Generator<CST.Token, void> {
  const parser = new Parser();
  parser.offset = base;
  let inScalar = false;
  for (const lexeme of new Lexer().lex(source)) {
    if (!inScalar && lexeme.startsWith('#')) {
      const start = parser.offset;
      state.comments.push({ span: { start, end: start + lexeme.length }, text: lexeme });
    }
    inScalar = !inScalar && lexeme === CST.SCALAR;
    const at = parser.offset;
    yield* parser.next(lexeme);
    // The document itself is on the stack, and so may be the scalar that is being read.
    if (parser.stack.length > Math.max(1, maxDepth) + 2) {
      state.tooDeep = at;
      break;
    }
  }
  yield* parser.end();
}
