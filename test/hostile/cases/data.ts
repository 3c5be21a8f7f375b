import { gzipSync } from 'node:zlib';
import type { MakeCases, Planted } from '../case.ts';

/** Data that are broken. A table that cannot be read says so at its `data`, and costs no other its values. */
export const dataCases: MakeCases = () => [
  broken('ragged-short', 'ragged_short', 'id,amount\n1,2\n3\n'),
  broken('ragged-long', 'ragged_long', 'id,amount\n1,2\n3,4,5\n'),
  broken('quote-open', 'quote_open', 'id,amount\n1,"2\n3,4\n'),
  broken('utf16', 'utf16', Buffer.from('\ufeffid,amount\n1,2\n', 'utf16le')),
  broken('latin1', 'latin1', Buffer.from('id,caf\u00e9\n1,2\n', 'latin1')),
  broken('cut', 'cut', Buffer.concat([Buffer.from('id,amount\n1,'), Buffer.from([0xe2, 0x82])])),
  broken(
    'surrogate',
    'surrogate',
    Buffer.concat([Buffer.from('id,amount\n1,'), Buffer.from([0xed, 0xa0, 0x80, 0x0a])]),
  ),
  broken('empty', 'empty', ''),
  broken('junk', 'junk', Buffer.from('PAR1 this is no table PAR1'), 'parquet'),
  broken(
    'hollow',
    'hollow',
    Buffer.concat([
      Buffer.from('PAR1'),
      Buffer.alloc(8, 0xff),
      Buffer.from([0xff, 0xff, 0xff, 0x7f]),
      Buffer.from('PAR1'),
    ]),
    'parquet',
  ),
  broken('cut-gz', 'cut_gz', gzipSync('id,amount\n1,2\n3,4\n').subarray(0, -12), 'csv.gz'),
  broken('no-header', 'no_header', `${'x'.repeat(1_200_000)}`),
  {
    title: 'a NUL byte in data, as files have that are no text',
    files: {
      'data/nul.csv': 'id,name\n1,a\0b\n2,c\n',
      'nul-data.metrics.yaml':
        'plumbline: 1\nsources:\n  nul_data: { data: data/nul.csv }\nmetrics:\n  with_nul: { type: count_distinct, source: nul_data, value: name }\n',
    },
    problems: [
      { code: 'data-unreadable', file: 'nul-data.metrics.yaml', line: '  nul_data: { data: data/nul.csv }' },
    ],
    refused: ['with_nul'],
  },
];

function broken(file: string, name: string, content: string | Uint8Array, extension = 'csv'): Planted {
  const metrics = `broken-${file}.metrics.yaml`;
  return {
    title: `data that cannot be read (${file})`,
    files: {
      [`data/${file}.${extension}`]: content,
      [metrics]: `plumbline: 1\nsources:\n  ${name}:\n    data: data/${file}.${extension}\nmetrics:\n  from_${name}: { type: count, source: ${name} }\n`,
    },
    problems: [{ code: 'data-unreadable', file: metrics, line: '    data: ' }],
    refused: [`from_${name}`],
  };
}
