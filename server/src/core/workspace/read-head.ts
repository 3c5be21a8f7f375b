import type { FileFormat } from '../model/data-format.ts';
import { FileProblem, type FileSystem } from '../ports.ts';
import { contentProblem } from '../syntax/content-kind.ts';
import { decodeUtf8 } from './decode-utf8.ts';
import { nameOf } from './paths.ts';

/** The beginning of a text file. */
export interface Head {
  readonly text: string;
  /** Whether it is all of the file. */
  readonly isWhole: boolean;
}

/**
 * The text that a file begins with: of its first `length` bytes, unpacked where the format is packed. `undefined` where the encoding is
 * not known to the platform. Rejects with `FileProblem`, also for a file that is not what its name says.
 */
export async function readHead(
  fs: FileSystem,
  path: string,
  { format, gzip }: FileFormat,
  encoding: string,
  length: number,
): Promise<Head | undefined> {
  const packed = await fs.readBytes(path, 0, length);
  const name = nameOf(path);
  const problem = contentProblem({ name, format, gzip, encoding }, packed);
  if (problem !== undefined) throw new FileProblem(path, problem);
  const bytes = gzip ? await fs.unpack(packed, 'gzip', length) : packed;
  if (gzip && bytes.length === 0 && packed.length > 20)
    throw new FileProblem(path, `"${name}" cannot be unpacked: it is damaged. Pack it again.`);
  // What is inside of a packed file may be no text either.
  const inner = gzip ? contentProblem({ name, format, gzip: false, encoding }, bytes) : undefined;
  if (inner !== undefined) throw new FileProblem(path, inner);
  const isWhole = packed.length < length && bytes.length < length;
  const text = encoding === 'utf-8' ? decodeUtf8(bytes) : fs.decode(bytes, encoding);
  return text === undefined ? undefined : { text: text.replace(/^\uFEFF/, ''), isWhole };
}
