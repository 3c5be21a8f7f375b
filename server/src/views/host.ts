import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import type { Grain } from '../core/base/period.ts';
import type { Subject } from '../core/preview/subject.ts';

/**
 * What is around the views: an editor that opens places and asks for other data, or a page that only has links. `At` is how
 * places are written. What is absent cannot be done, and is not offered.
 */
export interface ViewHost<At> {
  /** Makes an element lead to a place in the definitions; nothing where it cannot be shown. */
  readonly toPlace: (at: At) => LinkProps | undefined;
  /** How a place is read where no link leads to it; absent where links do. */
  readonly placeWords?: (at: At) => string;
  /** Makes an element lead to the preview of something else; nothing where there is none. */
  readonly toSubject: (subject: Subject) => LinkProps | undefined;
  /** Shows a metric by another breakdown or grain. */
  readonly choose?: (choice: Choices) => void;
  /** Shows the page of a source's rows that begins behind so many rows. */
  readonly page?: (offset: number) => void;
  /** Puts a text on the clipboard. */
  readonly copy?: (text: string) => void;
  /** What can be done about values that are not available, if anything. */
  readonly remedy?: { readonly label: string; readonly run: () => void };
}

/** What can be chosen of a metric. A `by` of null is no breakdown. */
export interface Choices {
  readonly by?: string | null;
  readonly grain?: Grain;
}

/** Attributes of an `a` element. */
export interface LinkProps {
  readonly href: string;
  readonly onClick?: (event: MouseEvent) => void;
  /** In place of what a view says that its link does; `undefined` for nothing. */
  readonly title?: string | undefined;
}

/** What a reader has set in a view, such as a filter or that a chart is shown as a table: it outlives the view. */
export interface Memory {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}

/** Remembers nothing, as a printed page does. */
const FORGETFUL: Memory = { get: () => undefined, set: () => {} };

export const MemoryContext = createContext<Memory>(FORGETFUL);

/**
 * State that outlives the view.
 *
 * @param key names it within the view
 */
export function useRemembered(key: string, initial: string): readonly [string, (value: string) => void] {
  const memory = useContext(MemoryContext);
  const [value, setValue] = useState(() => memory.get(key) ?? initial);
  const change = (next: string): void => {
    memory.set(key, next);
    setValue(next);
  };
  return [value, change];
}

/**
 * Whether the view is printed to a page in which nothing runs: charts are drawn at once, tables unfold without a script, and
 * what is absent will not come.
 */
export const PrintedContext = createContext(false);

/** A picture that is to leave the page, as the text of an SVG. */
export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** What it shows, for the name of a file. */
  readonly name: string;
}

/** Takes a picture out of the page; absent where that cannot be done. */
export const PicturesContext = createContext<((picture: Picture) => void) | undefined>(undefined);
