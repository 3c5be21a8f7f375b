import { lineEnd, type Report, report } from './report.ts';

/** The part of a text that is read, in a form of the same length that the library can read. */
export interface Prepared {
  /** As long as the given text, with everything blanked that is not YAML to us. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Characters that YAML 1.2.2 (5.1) does not allow in a file. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose.
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]+/g;
const CONFLICT = /(?<![^\n\uFEFF])(?:<{7}|\|{7}|={7}|>{7})(?![^ \r\n])[^\r\n]*/g;
const DOCUMENT = /(?<![^\n\uFEFF])(?:---|\.\.\.)(?![^ \t\r\n])|(?<![^\n\uFEFF])%[^\r\n]*/g;

const DIRECTIVE =
  'Directives are not used in metrics files. Remove this line, or quote a text that starts with "%".';

/**
 * Finds what must be dealt with before YAML is parsed: a byte order mark, control characters, conflict markers,
 * directives, and further documents. Each is reported and blanked, so that offsets stay those of the given text.
 */
export function prepare(to: Report): Prepared {
  const start = to.text.startsWith('\uFEFF') ? 1 : 0;
  const text = blankConflicts(replaceControls(to.text, to), to);
  return oneDocument(text, start, to);
}

/** Makes lone carriage returns line feeds: they are line breaks to YAML 1.2 but not to the library. */
export function unifyBreaks(text: string): string {
  return /\r(?!\n)/.test(text) ? text.replace(/\r(?!\n)/g, '\n') : text;
}

function replaceControls(text: string, to: Report): string {
  return text.replace(CONTROL, (run, offset: number) => {
    const code = run.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    report(
      to,
      'yaml-control-character',
      { start: offset, end: offset + run.length },
      `This is an invisible control character (U+${code}), which YAML does not allow. Remove it.`,
    );
    return '\uFFFD'.repeat(run.length);
  });
}

/** Blanks conflict markers, and the common ancestor that `diff3` style shows between the sides. */
function blankConflicts(text: string, to: Report): string {
  const markers = [...text.matchAll(CONFLICT)].map((match) => ({
    char: match[0].charAt(0),
    start: match.index,
    end: match.index + match[0].length,
  }));
  if (markers.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  let inConflict = false;
  for (const [i, marker] of markers.entries()) {
    if (marker.start < at) continue;
    const next = markers[i + 1];
    const blankTo = marker.char === '|' && next?.char === '=' ? next.start : marker.end;
    parts.push(text.slice(at, marker.start), text.slice(marker.start, blankTo).replace(/[^\r\n]/g, ' '));
    at = blankTo;
    if (marker.char === '<' || !inConflict) reportConflict(markers.slice(i, i + 4), to);
    inConflict = marker.char !== '>' && (inConflict || marker.char === '<');
  }
  parts.push(text.slice(at));
  return parts.join('');
}

interface Marker {
  readonly char: string;
  readonly start: number;
  readonly end: number;
}

function reportConflict(markers: readonly Marker[], to: Report): void {
  const [first, ...rest] = markers;
  if (first === undefined) return;
  const others = first.char === '<' ? rest.slice(0, rest.findIndex((marker) => marker.char === '>') + 1) : [];
  report(
    to,
    'yaml-conflict-marker',
    first,
    first.char === '<'
      ? 'This merge conflict is not resolved. Keep the right lines and remove the marker lines.'
      : 'This line is left over from a merge conflict. Remove it.',
    others.map(({ start, end, char }) => ({
      span: { start, end },
      message:
        char === '>'
          ? 'The conflict ends here.'
          : char === '='
            ? 'The other side begins here.'
            : 'The common ancestor begins here.',
    })),
  );
}

/** Blanks directives and the mark of the first document, and ends the text before a second one. */
function oneDocument(text: string, start: number, to: Report): Prepared {
  const parts: string[] = [];
  let begun = false;
  let seen = start;
  let at = 0;
  let end = text.length;
  for (const match of text.matchAll(DOCUMENT)) {
    const span = { start: match.index, end: match.index + match[0].length };
    begun ||= hasContent(text, seen, span.start);
    seen = span.end;
    if (match[0].startsWith('%')) {
      if (begun) continue;
      if (!/^%YAML[ \t]+1\.2\s*$/.test(match[0])) report(to, 'yaml-unsupported', span, DIRECTIVE);
    } else if (match[0] === '---' && !begun) begun = true;
    else {
      end = endOfDocument(text, span, match[0], to);
      break;
    }
    parts.push(text.slice(at, span.start), ' '.repeat(span.end - span.start));
    at = span.end;
  }
  parts.push(text.slice(at));
  return { text: parts.join(''), start, end };
}

/** Reports a second document; returns where the first one ends. */
function endOfDocument(
  text: string,
  marker: { start: number; end: number },
  kind: string,
  to: Report,
): number {
  const message = `A second document begins here. Only the first one is read: move this text into a file of its own, or remove the "${kind}".`;
  if (kind === '---') report(to, 'yaml-unsupported', marker, message);
  else {
    const rest = /^[ \t]*(?![ \t#\r\n])./m.exec(text.slice(marker.end));
    if (rest !== null) {
      const start = marker.end + rest.index + rest[0].length - 1;
      report(to, 'yaml-unsupported', { start, end: lineEnd(text, start) }, message);
    }
  }
  return marker.start;
}

/** Whether there is anything but blank lines and comments in a stretch that begins with a line or behind a marker. */
function hasContent(text: string, from: number, to: number): boolean {
  const content = /[^\s#]|#[^\n]*/g;
  content.lastIndex = from;
  for (let match = content.exec(text); match !== null && match.index < to; match = content.exec(text)) {
    if (!match[0].startsWith('#')) return true;
  }
  return false;
}
