import type { ScalarNode, YamlNode } from '../syntax/yaml/tree.ts';
import { numberAt } from './number-word.ts';
import type { Column, DataReference, Lifespan, Link, Source, UnionMember } from './project.ts';
import { type DefinitionEntry, readDefinition } from './read-definition.ts';
import {
  choiceAt,
  expressionAt,
  expressionOf,
  expressionsAt,
  flagAt,
  listedAt,
  listedOf,
  mapAt,
  mapOf,
  namedEntries,
  textAt,
  valueAt,
  wordAt,
  wordOf,
  wordsAt,
  writtenOf,
} from './words.ts';

/** Reads an entry of `sources:`. */
export function readSource(entry: DefinitionEntry): Source {
  const { body } = entry;
  return {
    ...readDefinition('source', entry),
    data: readData(valueAt(body, 'data')),
    union: readUnion(valueAt(body, 'union')),
    key: listedAt(body, 'key', wordOf),
    time: wordAt(body, 'time'),
    lifespan: readLifespan(body),
    timezone: wordAt(body, 'timezone'),
    asOf: wordAt(body, 'as_of'),
    where: expressionsAt(body, 'where'),
    onePer: readOnePer(body),
    coverage: choiceAt(body, 'coverage', ['sample', 'census']) ?? 'sample',
    sampledBy: wordAt(body, 'sampled_by'),
    columns: namedEntries(valueAt(body, 'columns'), readColumn),
    links: namedEntries(valueAt(body, 'links'), readLink),
  };
}

/** `data: file.csv`, or the long form with `file` and reader options. */
function readData(node: YamlNode | undefined): DataReference | undefined {
  const file = node?.kind === 'map' ? wordAt(node, 'file') : wordOf(node);
  if (node === undefined || file === undefined) return undefined;
  return {
    file,
    node,
    sheet: wordAt(node, 'sheet'),
    delimiter: wordAt(node, 'delimiter'),
    headerRow: wordAt(node, 'header_row'),
    // The word `NULL` is what such data often says, so YAML's null is a text here.
    nulls: listedAt(node, 'nulls', writtenOf)?.items ?? [],
    dateFormats: wordsAt(node, 'date_format'),
    encoding: wordAt(node, 'encoding'),
  };
}

function readUnion(node: YamlNode | undefined): Source['union'] {
  const map = mapOf(node);
  if (map === undefined) return undefined;
  const members = namedEntries<UnionMember>(map, (key, value) => ({
    source: { text: key.text, node: key },
    columns: namedEntries(value, (_, column) => expressionOf(column, 'union')),
  }));
  return { items: [...members.values()], node: map };
}

function readLifespan(body: YamlNode): Lifespan | undefined {
  const node = mapAt(body, 'lifespan');
  const start = wordAt(node, 'start');
  if (node === undefined || start === undefined) return undefined;
  return { start, end: wordAt(node, 'end'), endInclusive: flagAt(node, 'end_inclusive'), node };
}

function readOnePer(body: YamlNode): Source['onePer'] {
  const node = mapAt(body, 'one_per');
  const key = listedAt(node, 'key', wordOf);
  const keep = wordAt(node, 'keep');
  const by = wordAt(node, 'by');
  if (node === undefined || key === undefined || keep === undefined || by === undefined) return undefined;
  return { key, keep, by, node };
}

function readColumn(nameNode: ScalarNode, body: YamlNode): Column {
  return {
    name: nameNode.text,
    nameNode,
    type: wordAt(body, 'type'),
    header: wordAt(body, 'header'),
    value: expressionAt(body, 'value'),
    of: wordAt(body, 'of'),
    values: wordsAt(body, 'values'),
    min: numberAt(body, 'min'),
    max: numberAt(body, 'max'),
    required: flagAt(body, 'required'),
    dateFormats: wordsAt(body, 'date_format'),
    description: textAt(body, 'description'),
  };
}

function readLink(nameNode: ScalarNode, body: YamlNode): Link {
  return {
    name: nameNode.text,
    nameNode,
    to: wordAt(body, 'to'),
    using: listedOf(valueAt(body, 'using'), readPairs)?.items.flat() ?? [],
  };
}

/** `account_id` (matched with the target's key), or pairs `{ mine: theirs }`. */
function readPairs(node: YamlNode): Link['using'] | undefined {
  const mine = wordOf(node);
  if (mine !== undefined) return [{ mine, theirs: undefined }];
  return mapOf(node)?.entries.map(({ key, value }) => ({
    mine: { text: key.text, node: key },
    theirs: wordOf(value),
  }));
}
