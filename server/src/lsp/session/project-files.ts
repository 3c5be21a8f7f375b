import type { FileSystem } from '../../core/ports.ts';
import { overlaid } from '../../core/workspace/overlay.ts';
import { nameOf, under } from '../../core/workspace/paths.ts';
import { globsOf } from '../../core/workspace/read-texts.ts';
import { SETTINGS_FILE } from '../../core/workspace/walk.ts';
import { type ProjectTexts, readTexts } from '../../core/workspace.ts';

/**
 * The texts of a project: those on disk, and before them those of open documents. The disk is read when somebody says that it
 * has changed; the text of a document that is known is replaced at once.
 */
export class ProjectFiles {
  readonly #fs: FileSystem;
  readonly #root: string;
  readonly #open = new Map<string, string>();
  #texts: ProjectTexts | undefined;
  #reading: Promise<void> | undefined;
  #isOld = true;
  #state: { readonly data: number; readonly texts: ProjectTexts | undefined } | undefined;

  constructor(fs: FileSystem, root: string) {
    this.#fs = fs;
    this.#root = root;
  }

  /** The texts as they are known; `undefined` before they were read for the first time. */
  get texts(): ProjectTexts | undefined {
    return this.#texts;
  }

  get open(): ReadonlyMap<string, string> {
    return this.#open;
  }

  /** Whether the disk has to be read, or is being read, before the texts are right. */
  get isOld(): boolean {
    return this.#isOld || this.#reading !== undefined;
  }

  /** The disk, and before it the open documents as they are now. */
  overlay(): FileSystem {
    return overlaid(this.#fs, new Map(this.#open));
  }

  /** An object that is another one when a text is other than before, or the number that is given. */
  state(data: number): object {
    const texts = this.#texts;
    const isSame = this.#state?.data === data && texts !== undefined && isSameTexts(this.#state.texts, texts);
    if (!isSame || this.#state === undefined) this.#state = { data, texts };
    return this.#state;
  }

  /** Sets the text of an open document. */
  set(path: string, text: string): void {
    const wasOpen = this.#open.has(path);
    this.#open.set(path, text);
    if (path === under(this.#root, SETTINGS_FILE)) this.#setSettings(path, text);
    else if (!wasOpen || this.#texts === undefined) this.#isOld = true;
    // A document that was open when the disk was read and is not among the files is none of the project, whatever it says.
    else if (this.#texts.files.has(path)) {
      this.#texts = { ...this.#texts, files: new Map(this.#texts.files).set(path, { path, text }) };
    }
  }

  /** A document was closed: what is on disk counts again. */
  close(path: string): void {
    if (this.#open.delete(path)) this.#isOld = true;
  }

  /** Something on disk has changed. */
  invalidate(): void {
    this.#isOld = true;
  }

  /** Reads the disk where that has to be done. Calls that come meanwhile wait for one more reading. */
  async refresh(): Promise<void> {
    while (this.#isOld || this.#reading !== undefined) {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = undefined;
      });
      await this.#reading;
    }
  }

  async #read(): Promise<void> {
    this.#isOld = false;
    const own = under(this.#root, SETTINGS_FILE);
    // Another `plumbline.yaml` makes its folder a project as soon as it is on disk, and not before.
    const overlay = [...this.#open].filter(([path]) => path === own || nameOf(path) !== SETTINGS_FILE);
    const texts = await readTexts(overlaid(this.#fs, new Map(overlay)), this.#root);
    // Documents that were changed meanwhile are newer than what was read.
    const files = new Map(texts.files);
    for (const [path, text] of this.#open) if (files.has(path)) files.set(path, { path, text });
    const settings = this.#open.get(own);
    this.#texts = {
      ...texts,
      files,
      ...(settings === undefined ? {} : { settings: { path: own, text: settings } }),
    };
  }

  /** Settings that name other files make the disk be read again. */
  #setSettings(path: string, text: string): void {
    if (this.#texts === undefined) return;
    const settings = { path, text };
    const isSame = globsOf(this.#texts.settings).join('\n') === globsOf(settings).join('\n');
    if (!isSame || this.#texts.settings === undefined) this.#isOld = true;
    this.#texts = { ...this.#texts, settings };
  }
}

/** Whether two readings of a project hold the same texts; what cannot be read is never the same. */
function isSameTexts(one: ProjectTexts | undefined, other: ProjectTexts): boolean {
  if (one === other) return true;
  if (one === undefined || one.files.size !== other.files.size) return false;
  return (
    one.settings?.text === other.settings?.text &&
    [...other.files].every(([path, { text }]) => one.files.get(path)?.text === text)
  );
}
