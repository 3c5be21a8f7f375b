import type { Span } from '../../base/span.ts';
import { type Block, resplitBlocks, splitBlocks } from './split-blocks.ts';
import { changeOf } from './text-change.ts';
import { unitId } from './unit-id.ts';
import { type Context, contextOf, isSameContext, piecesOf, toFile, toUnit, unitText } from './unit-text.ts';

/**
 * The smallest part of a file that is read on its own: one definition, written as a small metrics file of its own, with the
 * file's version, its `defaults` and the section's key before it; or what stands at the top level of the file. Offsets in
 * it stay as they are when the text above it changes, so that whatever was found out about it stays true.
 */
export interface TextUnit {
  /** The file's path for a file that is read as a whole; else the path with what tells the unit from the others. */
  readonly id: string;
  readonly text: string;
}

/** A text cut into its units. Immutable: a change makes another, which shares the units that it leaves alone. */
export interface TextUnits {
  readonly path: string;
  readonly text: string;
  /** In the order of the text, the top level first. */
  readonly units: readonly TextUnit[];
  /** The unit in which an offset of the text stands, and the offset there. */
  unitAt(offset: number): { readonly unit: TextUnit; readonly offset: number };
  /** The units that a stretch of the text touches, in order. */
  unitsIn(span: Span): readonly TextUnit[];
  /** The unit with an id; `undefined` where this text has none. */
  unit(id: string): TextUnit | undefined;
  /** The stretch of the text where a stretch of a unit stands; `undefined` for no unit of this text. */
  place(unit: string, span: Span): Span | undefined;
}

/** Cuts a text into units. With an earlier version of it, units are kept, and only what lies around the change is looked at. */
export function textUnits(path: string, text: string, before?: TextUnits): TextUnits {
  if (!(before instanceof Units) || before.path !== path) return new Units(path, text, splitBlocks(text));
  if (before.text === text) return before;
  const blocks =
    before.blocks === undefined
      ? splitBlocks(text)
      : resplitBlocks(text, before.blocks, changeOf(before.text, text));
  return new Units(path, text, blocks, before);
}

class Units implements TextUnits {
  readonly path: string;
  readonly text: string;
  readonly units: readonly TextUnit[];
  /** `undefined` where the text is read as a whole. */
  readonly blocks: readonly Block[] | undefined;
  readonly #context: Context;
  /** For each block the unit that it belongs to. */
  readonly #unitOf: readonly TextUnit[];
  #blockOf: ReadonlyMap<string, number> | undefined;

  constructor(path: string, text: string, blocks: readonly Block[] | undefined, before?: Units) {
    this.path = path;
    this.text = text;
    this.blocks = blocks;
    this.#context = contextOf(text, blocks ?? []);
    this.#unitOf = this.#unitsOfBlocks(before);
    const [first] = this.#unitOf;
    if (blocks === undefined || first === undefined) this.units = [{ id: path, text }];
    else this.units = [first, ...this.#unitOf.filter((_, index) => blocks[index]?.section !== undefined)];
  }

  unitAt(offset: number): { unit: TextUnit; offset: number } {
    const { blocks } = this;
    if (blocks !== undefined) {
      const index = lastStartingAt(blocks, offset);
      const unit = this.#unitOf[index];
      if (unit !== undefined) return { unit, offset: toUnit(piecesOf(blocks, index, this.#context), offset) };
    }
    return { unit: this.units[0] ?? { id: this.path, text: this.text }, offset };
  }

  unitsIn({ start, end }: Span): readonly TextUnit[] {
    if (this.blocks === undefined) return this.units;
    const [first, last] = [lastStartingAt(this.blocks, start), lastStartingAt(this.blocks, end)];
    return [...new Set(this.#unitOf.slice(first, last + 1))];
  }

  unit(id: string): TextUnit | undefined {
    if (this.blocks === undefined) return this.units.find((unit) => unit.id === id);
    const index = this.#indexOf(id);
    return index === undefined ? undefined : this.#unitOf[index];
  }

  #indexOf(id: string): number | undefined {
    this.#blockOf ??= new Map(this.#unitOf.map((unit, index) => [unit.id, index]));
    return this.#blockOf.get(id);
  }

  place(id: string, span: Span): Span | undefined {
    if (this.blocks === undefined) return id === this.path ? span : undefined;
    const index = this.#indexOf(id);
    return index === undefined ? undefined : toFile(piecesOf(this.blocks, index, this.#context), span);
  }

  /** Where nothing that units share has changed, and no name, only the units around the change are made anew. */
  #unitsOfBlocks(before: Units | undefined): readonly TextUnit[] {
    const blocks = this.blocks ?? [];
    if (
      before?.blocks !== undefined &&
      isSameContext(this.text, this.#context, before.text, before.#context)
    ) {
      const change = changeOf(before.text, this.text);
      const moved = this.text.length - before.text.length;
      const start = sameAtStart(before.blocks, blocks, change.start);
      const end = sameAtEnd(before.blocks, blocks, change.end, moved);
      const [old, now] = [
        before.blocks.slice(start, before.blocks.length - end),
        blocks.slice(start, blocks.length - end),
      ];
      if (old.length === now.length && now.every((block, index) => isNamesake(block, old[index]))) {
        const [first] = before.#unitOf;
        const head = this.#unit(first?.id ?? this.path, 0, first);
        return blocks.map((block, index) => {
          const known = before.#unitOf[index];
          if (known === undefined || block.section === undefined) return head;
          return index < start || index >= blocks.length - end ? known : this.#unit(known.id, index, known);
        });
      }
    }
    const known = new Map(before?.units.map((unit) => [unit.id, unit]));
    const counts = new Map<string, number>();
    return blocks.map(({ section, name }, index) => {
      const key = `${section} ${name}`;
      const nth = (counts.get(key) ?? 0) + 1;
      counts.set(key, nth);
      const id = unitId(this.path, section, name, nth);
      return this.#unit(id, index, known.get(id));
    });
  }

  #unit(id: string, index: number, known: TextUnit | undefined): TextUnit {
    const text = unitText(this.text, this.blocks ?? [], index, this.#context);
    return known?.id === id && known.text === text ? known : { id, text };
  }
}

function isNamesake(block: Block, other: Block | undefined): boolean {
  return block.section === other?.section && block.name === other?.name;
}

/** How many blocks at the start of a text a change has left as they were. */
function sameAtStart(before: readonly Block[], after: readonly Block[], from: number): number {
  let count = 0;
  for (; count < before.length && count < after.length; count++) {
    const [old, now] = [before[count], after[count]];
    if (old === undefined || now === undefined || old.end >= from) break;
    if (old.end !== now.end || !isNamesake(now, old)) break;
  }
  return count;
}

/** How many blocks at the end of a text a change has only moved. */
function sameAtEnd(before: readonly Block[], after: readonly Block[], to: number, moved: number): number {
  let count = 0;
  for (; count < before.length && count < after.length; count++) {
    const [old, now] = [before.at(-1 - count), after.at(-1 - count)];
    if (old === undefined || now === undefined || old.start <= to) break;
    if (old.start + moved !== now.start || !isNamesake(now, old)) break;
  }
  return count;
}

function lastStartingAt(blocks: readonly Block[], offset: number): number {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((blocks[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
