import type { ProblemKind } from '../../base/problem.ts';
import { type Applied, type Path, schemasAt } from '../../schema/applicable.ts';
import { type SchemaKind, schemaOf } from '../../schema/json-schema.ts';
import { toPlain, type YamlNode } from '../../syntax/yaml/tree.ts';
import type { IdeContext } from '../ide-context.ts';

/** What is completed: the text of a file of a kind, and what the project knows. */
export interface Completing {
  readonly context: IdeContext;
  readonly kind: SchemaKind;
  readonly text: string;
  readonly options: CompletionOptions;
}

/** What completion takes from the face that asks for it. */
export interface CompletionOptions {
  /** The kinds of problem there are, whose ids settings and comments may name. */
  readonly problemKinds?: readonly ProblemKind[];
  /** What is in the folder that `completionFolder` names. */
  readonly entries?: readonly { readonly name: string; readonly kind: 'file' | 'folder' | 'other' }[];
  /** Keys at the top of the whole document, of which the text may be a unit. */
  readonly topKeys?: readonly string[];
  /** The column of the next line of the document that says something, if it is not to be read from the text. */
  readonly below?: number;
  /** The character that was just typed, where that is why completion is asked for. */
  readonly typed?: string;
}

/** A place in the file: its path, what the format says of it, and what is written around it. */
export interface PlaceInFormat {
  readonly plain: unknown;
  readonly path: Path;
  /** Names under `$defs` of the schemas that speak of the value here, nearest first. */
  readonly schemas: readonly string[];
  readonly applied: readonly Applied[];
  /** The same of the map that holds it; `root` for the top of the file. */
  readonly owners: readonly string[];
  /** The key under which it stands, that of the list for an item. */
  readonly key: string;
  readonly isItem: boolean;
}

/** Looks a path up in the format. */
export function placeAt(kind: SchemaKind, root: YamlNode | undefined, path: Path): PlaceInFormat {
  return placeAtPlain(kind, toPlain(root), path);
}

/** The same for plain values. */
export function placeAtPlain(kind: SchemaKind, plain: unknown, path: Path): PlaceInFormat {
  const schema = schemaOf(kind);
  const applied = schemasAt(schema, plain, path);
  const isItem = typeof path.at(-1) === 'number';
  const keyed = isItem ? path.slice(0, -1) : path;
  const holder = keyed.slice(0, -1);
  const owners = holder.length === 0 ? ['root'] : namesOf(schemasAt(schema, plain, holder));
  return {
    plain,
    path,
    schemas: namesOf(applied),
    applied,
    owners,
    key: String(keyed.at(-1) ?? ''),
    isItem,
  };
}

function namesOf(applied: readonly Applied[]): string[] {
  return applied.flatMap(({ name }) => name ?? []);
}

/** The JSON types that the format takes at a place; empty where it takes any. */
export function typesAt({ applied }: PlaceInFormat): readonly string[] {
  return applied.flatMap(({ schema }) => schema.type ?? []);
}
