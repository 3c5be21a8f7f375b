import type { ValueType } from '../../base/value-type.ts';
import type { Checked } from '../../check/checked.ts';
import type { Column } from '../../model/project.ts';
import { type Block, enumerateSome, paragraph, type Words } from '../prose/prose.ts';
import { sourceLabel } from './described.ts';

/**
 * What a column holds: its type, where it comes from, and what is declared of it.
 *
 * @param found the type that the data turned out to have, where nothing declares one
 */
export function describeColumn(
  { columns, project }: Checked,
  source: string,
  name: string,
  found?: ValueType,
): readonly Block[] {
  const info = columns.get(source)?.columns.get(name);
  const declared = info?.declared;
  const description = declared?.description;
  const type = info === undefined || info.type === 'unknown' ? (found ?? 'type not known yet') : info.type;
  return [
    paragraph({ strong: name }, ` (${type}), a column of `, sourceLabel(project, source), '.'),
    ...(description === undefined ? [] : [paragraph(description)]),
    ...(declared === undefined ? [] : originBlocks(declared, (of) => sourceLabel(project, of))),
    ...(declared === undefined ? [] : contractBlocks(declared)),
  ];
}

function originBlocks(
  { value, of, header }: Column,
  labelOf: (source: string) => Words[number],
): readonly Block[] {
  if (value !== undefined && of !== undefined) {
    return [
      paragraph(
        'Computed from the rows of ',
        labelOf(of.text),
        ' that link here: ',
        { code: value.text },
        '.',
      ),
    ];
  }
  if (value !== undefined) return [paragraph('Computed from the row: ', { code: value.text }, '.')];
  if (header === undefined) return [];
  return [paragraph('Its header in the data is ', header.text === '' ? 'blank' : { code: header.text }, '.')];
}

/** Values listed at most: the rest is in the declaration. */
const MAX_VALUES = 10;

function contractBlocks({ required, min, max, values }: Column): readonly Block[] {
  const parts: Words[] = [];
  if (required) parts.push(['never null']);
  if (min !== undefined) parts.push([`at least ${min.text}`]);
  if (max !== undefined) parts.push([`at most ${max.text}`]);
  if (values.length > 0)
    parts.push([
      'one of ',
      ...enumerateSome(
        values.map(({ text }) => [{ code: text }]),
        MAX_VALUES,
      ),
    ]);
  if (parts.length === 0) return [];
  const words = parts.flatMap((part, index): Words => (index === 0 ? part : ['; ', ...part]));
  return [paragraph('Declared: ', ...words, '.')];
}
