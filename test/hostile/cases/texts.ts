import type { MakeCases, Planted } from '../case.ts';

const DEEP = 10_000;
const LINES = 50_000;

const ALIAS_BOMB = [
  'plumbline: 1',
  'x0: &x0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]',
  ...Array.from({ length: 12 }, (_, i) => `x${i + 1}: &x${i + 1} [${Array(10).fill(`*x${i}`).join(', ')}]`),
  'metrics:',
  '  after_bomb: { type: count, source: good }',
  '',
].join('\n');

/** Texts that are no YAML, no text, or too much of it. Each file has a metric of its own, which is known where the rest of it can be read. */
export const textCases: MakeCases = () => [
  {
    title: 'an alias bomb',
    files: { 'bomb.metrics.yaml': ALIAS_BOMB },
    problems: [{ code: 'yaml-alias', file: 'bomb.metrics.yaml', line: 'x4:' }],
  },
  nested('flow', `deep: ${'['.repeat(DEEP)}${']'.repeat(DEEP)}`, 'yaml-unsupported'),
  nested('flow-maps', `deep: ${'{a: '.repeat(DEEP)}1${'}'.repeat(DEEP)}`, 'yaml-unsupported'),
  nested('flow-open', `deep: ${'['.repeat(DEEP)}`, 'yaml-unsupported'),
  nested(
    'block',
    `deep:\n${Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i + 1)}a:`).join('\n')}`,
    'yaml-unsupported',
  ),
  nested('sequence', `deep:\n  ${'- '.repeat(DEEP)}x`, 'yaml-unsupported'),
  expression('parentheses', `${'('.repeat(DEEP)}1${')'.repeat(DEEP)} > 0`, 'too-complex'),
  expression('nots', `${'not '.repeat(DEEP)}true`, 'too-complex'),
  expression('cases', `${'case when true then '.repeat(500)}1${' end'.repeat(500)} > 0`, 'too-complex'),
  expression('calls', `${'abs('.repeat(900)}amount${')'.repeat(900)} > 0`, 'too-complex'),
  expression('unclosed', `${'abs('.repeat(900)}amount > 0`, 'too-complex'),
  {
    title: `a file of ${LINES.toLocaleString('en')} lines`,
    files: {
      'long.metrics.yaml': `plumbline: 1\nmetrics:\n  long:\n    type: count\n    source: good\n    description: |\n${'      words\n'.repeat(LINES)}    where: amuont > 0\n  long_too: { type: count, source: good }\n`,
    },
    problems: [{ code: 'unknown-column', file: 'long.metrics.yaml', line: '    where: amuont' }],
    values: { long_too: 3 },
    refused: ['long'],
  },
  {
    title: 'a conflict that nobody resolved',
    files: {
      'conflict.metrics.yaml':
        'plumbline: 1\nmetrics:\n  beside_conflict: { type: count, source: good }\n<<<<<<< ours\n  theirs: { type: count, source: good }\n=======\n  theirs: { type: sum, source: good, value: amount }\n>>>>>>> branch\n',
    },
    problems: [{ code: 'yaml-conflict-marker', file: 'conflict.metrics.yaml', line: '<<<<<<< ours' }],
  },
  {
    title: 'a NUL byte',
    files: { 'nul.metrics.yaml': 'plumbline: 1\nmetrics:\n  nul: { type: count, source: "go\0od" }\n' },
    problems: [{ code: 'yaml-control-character', file: 'nul.metrics.yaml', line: '  nul:' }],
    refused: ['nul'],
  },
  encoded(
    'utf16',
    Buffer.from('\ufeffplumbline: 1\nmetrics: { in_utf16: { type: count, source: good } }\n', 'utf16le'),
  ),
  encoded('utf16be', Buffer.from('\ufeffplumbline: 1\n', 'utf16le').swap16()),
  encoded('latin1', Buffer.from('plumbline: 1\nmetrics:\n  caf\u00e9: { type: count }\n', 'latin1')),
  encoded('cut', Buffer.from([0x70, 0x3a, 0x20, 0xe2, 0x82])),
  // A surrogate written as if it were a character.
  encoded('surrogate', Buffer.from([0x70, 0x3a, 0x20, 0xed, 0xa0, 0x80, 0x0a])),
  {
    title: 'a lone surrogate in an escape',
    files: {
      'escape.metrics.yaml':
        'plumbline: 1\nmetrics:\n  escaped:\n    type: count\n    source: good\n    label: "\\ud800"\n  escaped_too: { type: count, source: good }\n',
    },
    problems: [{ code: 'yaml-syntax', file: 'escape.metrics.yaml', line: '    label:' }],
    values: { escaped_too: 3 },
  },
  {
    title: 'a pattern of files that would be tried in more ways than there are atoms',
    files: { [`deep/${'a'.repeat(200)}`]: 'x\n1\n', 'glob.metrics.yaml': globs() },
    problems: [{ code: 'data-missing', file: 'glob.metrics.yaml', line: '  stars: ' }],
  },
];

function globs(): string {
  const stars = `deep/${'*a'.repeat(60)}*b`;
  return `plumbline: 1\nsources:\n  stars: { data: "${stars}" }\n`;
}

function nested(name: string, text: string, code: string): Planted {
  const file = `deep-${name}.metrics.yaml`;
  return {
    title: `values nested deeply (${name})`,
    files: { [file]: `plumbline: 1\n${text}\n` },
    problems: [
      {
        code,
        file,
        line: name === 'block' ? `${' '.repeat(201)}a:` : name === 'sequence' ? '  - ' : 'deep:',
      },
    ],
  };
}

function expression(name: string, text: string, code: string): Planted {
  const file = `expression-${name}.metrics.yaml`;
  const metric = `deep_${name}`;
  return {
    title: `an expression nested deeply (${name})`,
    files: {
      [file]: `plumbline: 1\nmetrics:\n  ${metric}:\n    type: count\n    source: good\n    where: ${JSON.stringify(text)}\n  beside_${name}: { type: count, source: good }\n`,
    },
    problems: [{ code, file, line: '    where: ' }],
    values: { [`beside_${name}`]: 3 },
    refused: [metric],
  };
}

function encoded(name: string, bytes: Uint8Array): Planted {
  const file = `encoding-${name}.metrics.yaml`;
  return {
    title: `a file that is not UTF-8 (${name})`,
    files: { [file]: bytes },
    problems: [{ code: 'file-unreadable', file, line: 1 }],
  };
}
