/** A metrics file in no particular form, with what its comments say that they belong to. */
export interface RandomFile {
  readonly text: string;
  /** How many comments there are of the forms that `ownersOf` reads. */
  readonly owned: number;
}

/**
 * Writes a valid metrics file with sections, keys and styles at random: any indentation, lists in the column of their key, scalars of
 * every style, flow collections over several lines, anchors, comments and blank lines in every place. A comment `# above m1 value`
 * stands above the key `value` of `m1`, and `# behind m1 value` at the end of its line.
 */
export function randomFile(seed: number): RandomFile {
  const writer = new Writer(seed);
  writer.file();
  return { text: writer.text(), owned: writer.owned };
}

const METRIC_KEYS = [
  'type',
  'label',
  'description',
  'why',
  'status',
  'source',
  'owner',
  'value',
  'time',
  'where',
  'grain',
  'unit',
  'decimals',
  'better',
  'segments',
  'tags',
  'benchmarks',
  'examples',
  'unheard_of',
];

class Writer {
  owned = 0;
  readonly #lines: string[] = [];
  #state: number;

  constructor(seed: number) {
    this.#state = seed * 2654435761 + 1;
  }

  text(): string {
    return this.#lines.join('\n') + this.#pick(['\n', '', '\n\n\n', '\n  \n']);
  }

  file(): void {
    this.#spread(0);
    const sections = this.#shuffled(['plumbline', 'defaults', 'segments', 'metrics', 'targets']);
    for (const section of sections) {
      this.#spread(0);
      if (section === 'plumbline') this.#put(0, `plumbline:${this.#gap()}1`, this.#remark());
      else if (section === 'defaults') this.#put(0, `defaults:${this.#gap()}{owner: cx,  tags: [a,b]}`);
      else this.#section(section);
    }
    this.#spread(0);
  }

  #section(section: string): void {
    this.#put(0, `${section}:`, this.#remark());
    const column = this.#pick([1, 2, 3, 4]);
    for (let i = 0; i < 1 + this.#below(4); i++) {
      const name = `${section.charAt(0)}${i}`;
      this.#spread(column);
      if (this.#below(8) === 0) this.#put(column, `${name}:${this.#gap()}{type: count , source: "s"}`);
      else this.#definition(name, column);
    }
  }

  #definition(name: string, column: number): void {
    const anchor = this.#below(4) === 0 ? ` &${name}` : '';
    this.#put(column, `${name}:${anchor}`, this.#remark());
    const inner = column + this.#pick([1, 2, 2, 4]);
    const keys = this.#shuffled(METRIC_KEYS).slice(0, 2 + this.#below(8));
    for (const key of keys) {
      if (this.#below(4) === 0) this.#put(0, this.#pick(['', '', '  ']));
      if (this.#below(4) === 0) this.#own(inner, `# above ${name} ${key}`);
      this.#entry(name, key, inner);
    }
    if (this.#below(5) === 0) this.#put(inner, `# at the end of ${name}`);
  }

  #entry(name: string, key: string, column: number): void {
    const lead = `${key}:${this.#gap()}`;
    const behind = (): string => {
      if (this.#below(4) > 0) return this.#pick(['', '  ']);
      this.owned += 1;
      return `${this.#pick([' ', '    '])}# behind ${name} ${key}`;
    };
    const style = this.#below(14);
    if (style < 4) this.#put(column, `${lead}${this.#scalar()}`, behind());
    else if (style === 4) this.#block(key, column);
    else if (style === 5) this.#put(column, `${key}:${this.#pick(['', ' null', ' ~'])}`, behind());
    else if (style === 6) this.#put(column, `${lead}${this.#flow(2)}`, behind());
    else if (style === 7) this.#flowOverLines(lead, column);
    else if (style === 8) this.#longScalar(key, column);
    else if (style < 11) this.#list(key, column);
    else if (style === 11) this.#anchored(key, column);
    else this.#map(key, column, behind());
  }

  #scalar(): string {
    return this.#pick([
      'plain words',
      '"double: \\" # no comment"',
      "'it''s'",
      '0042',
      '42%',
      'null',
      'a = \'x\' and b <> "y"',
      'date_diff(second, a, b) / 3600',
      'x '.repeat(70).trim(),
      "'{ not a map }'",
      '-1.50',
      "last month's",
    ]);
  }

  #block(key: string, column: number): void {
    const header = this.#pick(['|', '|-', '|+', '>', '>-', '>+', '|2', '>2-']);
    this.#put(column, `${key}:${this.#gap()}${header}`, this.#pick(['', '  # of the block']));
    const inner = /2/.test(header) ? column + 2 : column + 1 + this.#below(4);
    if (this.#below(4) === 0) this.#put(0, '');
    this.#put(inner, /2/.test(header) ? '  first # no comment' : 'first # no comment');
    for (const line of ['  deeper ', '', '   ', '- last: {']) {
      if (this.#below(3) > 0) this.#put(line === '' ? 0 : inner, line);
    }
    this.#put(inner, 'end');
    if (this.#below(3) === 0) this.#put(0, this.#pick(['', '\n']));
  }

  #longScalar(key: string, column: number): void {
    const margin = ' '.repeat(column + 1 + this.#below(3));
    const lines = this.#pick([
      ['plain text', 'of two lines'],
      ['plain text', '', 'of two paragraphs  '],
      ['"double \\', '  joined, \\t ', '  and \\', 'more"'],
      ["'single  ", '', "   with ''quotes''  ' "],
    ]);
    const below = this.#below(2) === 0;
    const [first = '', ...others] = lines;
    this.#put(column, below ? `${key}: ` : `${key}: ${first}`);
    for (const line of below ? lines : others) this.#put(0, line === '' ? '' : `${margin}${line}`);
  }

  #flow(depth: number): string {
    const comma = this.#pick([',', ', ', ' ,  ']);
    const count = this.#below(4);
    const value = (): string =>
      depth > 0 && this.#below(3) === 0
        ? this.#flow(depth - 1)
        : this.#pick(['a', '"b, c"', "'d'", 'e f', 'it is', '12', 'null', 'in (1']);
    if (this.#below(2) === 0) {
      return `[${Array.from({ length: count }, value).join(comma)}${count > 0 && this.#below(4) === 0 ? ',' : ''}]`;
    }
    const keys = this.#shuffled(['type', 'source', 'value', 'where', 'odd', '"quoted"']).slice(0, count);
    return `{${this.#pick(['', ' '])}${keys.map((key) => `${key}: ${value()}`).join(comma)}${this.#pick(['', '  '])}}`;
  }

  #flowOverLines(lead: string, column: number): void {
    const margin = column + 1 + this.#below(5);
    this.#put(column, `${lead}{`, this.#pick(['', '', ' # in the braces']));
    for (const key of ['value', 'type', 'note']) {
      this.#put(
        margin,
        `${key}:  ${this.#pick(['a', `"${'long '.repeat(12)}"`, '[x,y]'])},`,
        this.#pick(['', '', '  # inside']),
      );
    }
    this.#put(column + 1, '}');
  }

  #list(key: string, column: number): void {
    this.#put(column, `${key}:`, this.#remark());
    const inner = column + this.#pick([0, 1, 2, 4]);
    for (let i = 0; i < 1 + this.#below(3); i++) {
      if (this.#below(5) === 0) this.#put(inner, `# item ${i}`);
      const dash = `-${this.#pick([' ', '   '])}`;
      const form = this.#below(5);
      if (form === 0) this.#put(inner, `${dash}${this.#flow(2)}`, this.#remark());
      else if (form === 1) this.#put(inner, `${dash}${this.#scalar()}`, this.#remark());
      else if (form === 2) {
        this.#put(inner, `${dash}period: 2025`, this.#remark());
        if (this.#below(3) === 0) this.#put(inner + dash.length, '# in the item');
        this.#put(inner + dash.length, `given: { s: [{ b: 1,a: 2 }] }`, this.#remark());
        if (this.#below(3) === 0) this.#put(inner + dash.length, '# below the item');
      } else if (form === 3) {
        this.#put(inner, `${dash}- nested`);
        this.#put(inner + dash.length, '-  list');
      } else {
        this.#put(inner, '-', this.#remark());
        this.#put(inner + 2, `expect:  1`);
      }
    }
  }

  #map(key: string, column: number, behind: string): void {
    this.#put(column, `${key}:`, behind);
    const inner = column + 1 + this.#below(4);
    if (this.#below(4) === 0) this.#put(0, '# far left');
    for (const name of this.#shuffled(['b', 'a', 'c']).slice(0, 1 + this.#below(3))) {
      this.#put(inner, `${name} : ${this.#scalar()}`, this.#remark());
    }
    if (this.#below(4) === 0) this.#put(inner, '# below the map');
  }

  /** Later keys of this or another definition may use the anchor. */
  #anchored(key: string, column: number): void {
    const name = `n${this.#lines.length}`;
    this.#put(column, `${key}: &${name} {b: 1, a: 2}`);
    this.#put(column, `use_${name}:  *${name}`, this.#remark());
    if (this.#below(2) === 0) {
      this.#put(column, `more_${name}:`);
      this.#put(column + 2, `<<:  *${name}`);
      this.#put(column + 2, 'z: 1');
    }
  }

  /** Blank lines and comments between entries. */
  #spread(column: number): void {
    while (this.#below(3) === 0) {
      this.#put(column, this.#pick(['', '', '   ', '# a remark', '#no blank', '# --- # ---  ']));
    }
  }

  #own(column: number, comment: string): void {
    this.owned += 1;
    this.#put(column, comment);
  }

  #remark(): string {
    return this.#pick(['', '', '', '   ', ' # note', '     #note']);
  }

  #gap(): string {
    return this.#pick([' ', ' ', '   ']);
  }

  #put(column: number, line: string, behind = ''): void {
    this.#lines.push(`${line === '' ? '' : ' '.repeat(column)}${line}${behind}`);
  }

  #pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.#below(choices.length)] ?? choices[0];
  }

  #shuffled(words: readonly string[]): string[] {
    const rest = [...words];
    return words.flatMap(() => rest.splice(this.#below(rest.length), 1));
  }

  /** A whole number from 0 to below `limit` (mulberry32). */
  #below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }
}
