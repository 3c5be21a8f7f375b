/**
 * The text that a scalar stands for, with the place of every character of it. `offsets` has one entry more than
 * `text` has code units: the place just behind the last one. Places never decrease.
 */
export interface Decoded {
  readonly text: string;
  readonly offsets: readonly number[];
}

/** Collects decoded characters together with their places. */
export class DecodedText {
  #parts: string[] = [];
  readonly #offsets: number[] = [];
  #end: number;

  constructor(start: number) {
    this.#end = start;
  }

  /** Adds `raw`, whose characters stand one after another from `start` on. */
  run(raw: string, start: number): void {
    for (let i = 0; i < raw.length; i++) this.#offsets.push(start + i);
    this.#parts.push(raw);
    this.#end = start + raw.length;
  }

  /** Adds `decoded`, all of which is written as the characters from `start` to `end`. */
  mark(decoded: string, start: number, end: number): void {
    for (let i = 0; i < decoded.length; i++) this.#offsets.push(start);
    this.#parts.push(decoded);
    this.#end = end;
  }

  /** The place behind what was added last. */
  get end(): number {
    return this.#end;
  }

  finish(): Decoded {
    return { text: this.#parts.join(''), offsets: [...this.#offsets, this.#end] };
  }
}

/** Decodes a plain scalar, folding its lines (YAML 1.2.2, 7.3.3). `start` is the place of `source` in the file. */
export function decodePlain(source: string, start: number): Decoded {
  const out = new DecodedText(start);
  unfold(source, 0, source.length, start, (from, to) => out.run(source.slice(from, to), start + from), out);
  return out.finish();
}

/** Decodes a single-quoted scalar, its quotes included in `source` (YAML 1.2.2, 7.3.2). */
export function decodeSingle(source: string, start: number): Decoded {
  const out = new DecodedText(start + 1);
  const content = (from: number, to: number): void => {
    let run = from;
    for (let i = from; i < to; i++) {
      if (source[i] !== "'" || source[i + 1] !== "'" || i + 1 >= to) continue;
      if (i > run) out.run(source.slice(run, i), start + run);
      out.mark("'", start + i, start + i + 2);
      i++;
      run = i + 1;
    }
    if (to > run) out.run(source.slice(run, to), start + run);
  };
  unfold(source, 1, source.length - 1, start, content, out);
  return out.finish();
}

/**
 * Folds lines: one line break is a space, n of them are n − 1 line breaks; blanks around a break are dropped.
 * `content` is called with each stretch that is kept.
 */
function unfold(
  source: string,
  from: number,
  to: number,
  start: number,
  content: (from: number, to: number) => void,
  out: DecodedText,
): void {
  const breaks: number[] = [];
  let line = from;
  for (let first = true; ; first = false) {
    const newline = source.indexOf('\n', line);
    const last = newline === -1 || newline >= to;
    let b = last ? to : newline;
    if (!last && b > line && source[b - 1] === '\r') b--;
    let a = line;
    if (!first) while (a < b && isBlank(source[a])) a++;
    if (!last) while (b > a && isBlank(source[b - 1])) b--;
    if (a < b || last) {
      fold(breaks, start + a, out);
      breaks.length = 0;
      if (a < b) content(a, b);
    }
    if (last) return;
    if (a === b && first) breaks.push(start + a);
    else breaks.push(start + b);
    line = newline + 1;
  }
}

/** Adds what a row of line breaks folds to. `breaks` are the places where the lines before them ended. */
export function fold(breaks: readonly number[], next: number, out: DecodedText): void {
  const [first] = breaks;
  if (first === undefined) return;
  if (breaks.length === 1) {
    out.mark(' ', first, next);
    return;
  }
  for (let i = 0; i + 1 < breaks.length; i++) {
    const end = i + 2 === breaks.length ? next : breaks[i + 1];
    out.mark('\n', breaks[i] ?? first, end ?? next);
  }
}

export function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t';
}
