import type { CST, Scalar } from 'yaml';
import { type Decoded, decodePlain, decodeSingle } from './decode.ts';
import { decodeBlock } from './decode-block.ts';
import { decodeDouble } from './decode-double.ts';
import { locateDecoded, locateStraight, makeMissing, makeScalar } from './nodes.ts';
import { type Report, report } from './report.ts';
import type { ScalarNode, ScalarValue } from './tree.ts';

interface Scalars extends Report {
  /** Places of quotes that are never closed, each already reported. */
  readonly unclosed: number[];
}

/** Turns a scalar of the library into one of ours. The library has decoded it; places are found when asked for. */
export function buildScalar(b: Scalars, node: Scalar.Parsed): ScalarNode {
  const token = node.srcToken;
  if (token === undefined || (token.type === 'scalar' && token.source === '')) {
    return makeMissing(behindText(b.text, node.range[0]), scalarValue(node));
  }
  if (token.type === 'block-scalar') return blockScalar(node, token);
  if (token.type === 'single-quoted-scalar' || token.type === 'double-quoted-scalar') {
    return quotedScalar(b, node, token);
  }
  const span = { start: token.offset, end: token.offset + token.source.length };
  const locate = token.source.includes('\n')
    ? locateDecoded(() => decodePlain(token.source, token.offset))
    : locateStraight(token.offset, token.source.length);
  return makeScalar({ span, text: node.source, value: scalarValue(node), style: 'plain' }, locate);
}

/** A plain scalar over a stretch, whatever YAML makes of it. */
export function plainText(text: string, start: number, end: number): ScalarNode {
  const raw = text.slice(start, end);
  if (raw.includes('\n')) {
    const decoded = decodePlain(raw, start);
    const parts = { span: { start, end }, text: decoded.text, value: decoded.text, style: 'plain' } as const;
    return makeScalar(
      parts,
      locateDecoded(() => decoded),
    );
  }
  return makeScalar(
    { span: { start, end }, text: raw, value: raw, style: 'plain' },
    locateStraight(start, raw.length),
  );
}

function quotedScalar(b: Scalars, node: Scalar.Parsed, token: CST.FlowScalar): ScalarNode {
  const double = token.type === 'double-quoted-scalar';
  const decode = double ? decodeDouble : decodeSingle;
  const style = double ? 'double' : 'single';
  const { offset } = token;
  if (isClosed(token.source)) {
    const span = { start: offset, end: offset + token.source.length };
    const straight = node.source.length === token.source.length - 2 && !/[\\\n]/.test(token.source);
    const locate = straight
      ? locateStraight(offset + 1, node.source.length)
      : locateDecoded(() => decode(token.source, offset));
    const scalar = makeScalar({ span, text: node.source, value: scalarValue(node), style }, locate);
    if (double && !straight) reportLoneSurrogate(b, scalar);
    return scalar;
  }
  // An unclosed quote is taken to end with its line, whatever the library made of the lines that follow.
  const line = /^[^\r\n]*/.exec(token.source)?.[0].trimEnd() ?? '';
  const quote = token.source.charAt(0);
  b.unclosed.push(offset);
  report(
    b,
    'yaml-syntax',
    { start: offset, end: offset + 1 },
    `This quote is never closed. Add the missing ${quote} at the end of the text.`,
  );
  const decoded = decode(line + quote, offset);
  return makeScalar(
    { span: { start: offset, end: offset + line.length }, text: decoded.text, value: decoded.text, style },
    locateDecoded(() => decoded),
  );
}

/** Half of a character, which only an escape can write: no file, no terminal and no data can hold it. */
const LONE_SURROGATE = /\p{Surrogate}/u;

function reportLoneSurrogate(b: Scalars, scalar: ScalarNode): void {
  const at = scalar.text.search(LONE_SURROGATE);
  if (at < 0) return;
  const start = scalar.offsetAt(at);
  const written = b.text.slice(start).match(/^\\(?:u[0-9a-f]{4}|U[0-9a-f]{8})/i)?.[0] ?? '';
  report(
    b,
    'yaml-syntax',
    { start, end: start + Math.max(1, written.length) },
    `The escape ${written} is half of a character. Write both halves, or the character itself.`,
  );
}

/** Whether a quoted scalar ends with a quote of its own: not with an escaped one, nor with the half of a doubled one. */
function isClosed(source: string): boolean {
  const quote = source.charAt(0);
  if (source.length < 2 || !source.endsWith(quote)) return false;
  let before = source.length - 1;
  const doubler = quote === '"' ? '\\' : "'";
  while (before > 1 && source[before - 1] === doubler) before--;
  return (source.length - 1 - before) % 2 === 0;
}

function blockScalar(node: Scalar.Parsed, token: CST.BlockScalar): ScalarNode {
  const header = 'source' in (token.props[0] ?? {}) ? sourceOf(token.props[0]) : '';
  let start = token.offset;
  for (const prop of token.props) start += sourceOf(prop).length;
  const { source: body, indent: parentIndent } = token;
  const decode = (): Decoded => decodeBlock({ header, body, start, parentIndent });
  const content = contentLength(body);
  const end = content === 0 ? token.offset + header.length : start + content;
  return makeScalar(
    {
      span: { start: token.offset, end },
      text: node.source,
      value: scalarValue(node),
      style: header.startsWith('>') ? 'folded' : 'literal',
    },
    locateDecoded(decode),
  );
}

function sourceOf(token: CST.Token | undefined): string {
  return token !== undefined && 'source' in token ? token.source : '';
}

/** The length of a block scalar's body without its last line break and the blank lines before it. */
export function contentLength(body: string): number {
  let end = body.length;
  for (;;) {
    let at = end;
    while (at > 0 && (body[at - 1] === ' ' || body[at - 1] === '\r' || body[at - 1] === '\t')) at--;
    if (at === 0) return 0;
    if (body[at - 1] !== '\n') return body[end - 1] === '\r' ? end - 1 : end;
    end = at - 1;
  }
}

/** The place behind the last visible character before `at` on its line, where a value is missing. */
function behindText(text: string, at: number): number {
  let end = Math.min(at, text.length);
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  return end;
}

/** The value by the core schema, with integers beyond 2^53 exact. Integers of absurd length stay inexact. */
function scalarValue(node: Scalar.Parsed): ScalarValue {
  const { value, source } = node;
  if (typeof value === 'number' && !Number.isSafeInteger(value) && source.length <= 1000) {
    return /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/.test(source) ? BigInt(source) : value;
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || typeof value === 'bigint' ? value : source;
}
