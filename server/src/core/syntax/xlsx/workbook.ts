import { attributesOf } from './xml-text.ts';
import {
  type Inflate,
  type ReadBytes,
  readZipEntries,
  readZipEntry,
  type ZipEntry,
  ZipProblem,
} from './zip-entries.ts';

/** A workbook as far as its table of contents says. */
export interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly entry: ZipEntry }[];
  /** The texts that cells refer to by number; there are none where every cell holds its own. */
  readonly sharedStrings: ZipEntry | undefined;
  readonly entries: ReadonlyMap<string, ZipEntry>;
  /** The beginning of a file in it, as text. */
  readonly read: (entry: ZipEntry, length: number) => Promise<string>;
}

/** How a host reads a workbook's file. */
export interface WorkbookAccess {
  readonly size: number;
  readonly read: ReadBytes;
  readonly inflate: Inflate;
  readonly decode: (bytes: Uint8Array) => string;
}

/** Lists of sheets and of relations are short. */
const MAX_CONTENTS = 8 * 1024 * 1024;

/** Reads which sheets a workbook has, without reading them. Rejects with `ZipProblem`, whose message follows the name of the file. */
export async function openWorkbook(access: WorkbookAccess): Promise<Workbook> {
  const entries = await readZipEntries(access.read, access.size);
  const read = async (entry: ZipEntry, length: number): Promise<string> =>
    access.decode(await readZipEntry(access.read, access.inflate, entry, length));
  const contents = entries.get('xl/workbook.xml');
  const relations = entries.get('xl/_rels/workbook.xml.rels');
  if (contents === undefined || relations === undefined)
    throw new ZipProblem('is a zip archive, but no workbook: save it as .xlsx');
  const targets = relationsIn(await read(relations, MAX_CONTENTS));
  const tags = (await read(contents, MAX_CONTENTS)).matchAll(/<(?:\w+:)?sheet\s([^>]*)>/g);
  const sheets = [...tags].flatMap(([, tag = '']) => {
    const attributes = attributesOf(tag);
    const target = targets.find(({ id }) => id === attributes.get('id'));
    const entry = target && entries.get(target.path);
    const name = attributes.get('name');
    return entry === undefined || name === undefined ? [] : [{ name, entry }];
  });
  const shared = targets.find(({ type }) => type.endsWith('/sharedStrings'));
  const sharedStrings = entries.get(shared?.path ?? 'xl/sharedStrings.xml');
  return { sheets, sharedStrings, entries, read };
}

interface Relation {
  readonly id: string | undefined;
  readonly type: string;
  /** In the archive. */
  readonly path: string;
}

function relationsIn(xml: string): readonly Relation[] {
  return [...xml.matchAll(/<(?:\w+:)?Relationship\s([^>]*)>/g)].map(([, tag = '']) => {
    const attributes = attributesOf(tag);
    const target = attributes.get('Target') ?? '';
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
    return { id: attributes.get('Id'), type: attributes.get('Type') ?? '', path };
  });
}
