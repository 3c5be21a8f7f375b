import picocolors from 'picocolors';

/** Characters with a meaning. Every one has a form in ASCII. */
export interface Glyphs {
  readonly ok: string;
  readonly failed: string;
  readonly unsure: string;
  readonly warning: string;
  readonly up: string;
  readonly down: string;
  readonly same: string;
  /** Before a change that may be chance. */
  readonly unclear: string;
  readonly nothing: string;
  readonly dot: string;
  readonly dash: string;
  readonly cut: string;
  readonly atLeast: string;
  readonly atMost: string;
  /** From low to high. */
  readonly levels: readonly string[];
  readonly gap: string;
  readonly filled: string;
  readonly empty: string;
}

/** Where every character can be shown. */
export const UNICODE: Glyphs = {
  ok: '✓',
  failed: '✗',
  unsure: '?',
  warning: '!',
  up: '▲',
  down: '▼',
  same: '=',
  unclear: '≈',
  nothing: '·',
  dot: '·',
  dash: '–',
  cut: '…',
  atLeast: '≥',
  atMost: '≤',
  levels: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  gap: '·',
  filled: '█',
  empty: '░',
};

const ASCII: Glyphs = {
  ok: '+',
  failed: 'x',
  unsure: '?',
  warning: '!',
  up: '^',
  down: 'v',
  same: '=',
  unclear: '~',
  nothing: '-',
  dot: '-',
  dash: '..',
  cut: '..',
  atLeast: '>=',
  atMost: '<=',
  levels: ['_', '.', ':', '-', '=', '+', '*', '#'],
  gap: ' ',
  filled: '#',
  empty: '.',
};

/** How text output looks: where colours, which characters, how wide. */
export interface Look {
  readonly color: ReturnType<typeof picocolors.createColors>;
  readonly glyphs: Glyphs;
  readonly ascii: boolean;
  /** Columns of the terminal; 100 where the output goes to a file or a pipe. */
  readonly width: number;
}

/** What of a stream and its surroundings decides how output looks. */
export interface Surroundings {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
}

export interface LookOptions {
  /** False for `--no-color`. */
  readonly color: boolean;
  /** True for `--ascii`. */
  readonly ascii?: boolean;
}

/** Output that is no terminal is as wide as this. */
const PIPED_WIDTH = 100;
const NARROWEST = 60;

/**
 * Colours on a terminal only, unless `NO_COLOR` (no-color.org) or `--no-color` says no, or `FORCE_COLOR` yes; ASCII where the
 * terminal's locale is not UTF-8.
 */
export function lookOf(surroundings: Surroundings, options: LookOptions): Look {
  const ascii = options.ascii === true || !showsUnicode(surroundings);
  const columns = surroundings.isTTY ? surroundings.columns : PIPED_WIDTH;
  return {
    color: picocolors.createColors(options.color && wantsColor(surroundings)),
    glyphs: ascii ? ASCII : UNICODE,
    ascii,
    width: Math.max(NARROWEST, columns === undefined || columns <= 0 ? PIPED_WIDTH : columns),
  };
}

function wantsColor({ isTTY, env }: Surroundings): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return isTTY && env.TERM !== 'dumb';
}

/** A file or pipe takes UTF-8. A terminal without a locale nearly always does; one with another locale does not. */
function showsUnicode({ isTTY, env, platform }: Surroundings): boolean {
  if (!isTTY) return true;
  if (env.TERM === 'linux') return false;
  if (platform === 'win32') return env.WT_SESSION !== undefined || env.TERM_PROGRAM === 'vscode';
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find((word) => word !== undefined && word !== '');
  return locale === undefined || /utf-?8/i.test(locale);
}
