import {
  DidChangeTextDocumentNotification,
  type Position,
  type ProtocolConnection,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import { LineIndex } from '../../../server/src/core/base/line-index.ts';

/** One keystroke: a stretch of the text replaced by another. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A document that is open in a server, typed into one keystroke at a time. */
export class OpenDocument {
  readonly uri: string;
  readonly #connection: ProtocolConnection;
  #text: string;
  #version = 1;

  constructor(connection: ProtocolConnection, uri: string, text: string) {
    this.#connection = connection;
    this.uri = uri;
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  get version(): number {
    return this.#version;
  }

  position(offset: number): Position {
    const { line, column } = new LineIndex(this.#text).position(offset);
    return { line, character: column };
  }

  /** Makes a keystroke ready. What is returned sends it, and gives the moment at which that was begun. */
  prepare({ start, end, text }: Edit): () => number {
    const range = { start: this.position(start), end: this.position(end) };
    const contentChanges: TextDocumentContentChangeEvent[] = [{ range, text }];
    const after = this.#text.slice(0, start) + text + this.#text.slice(end);
    return () => {
      this.#text = after;
      this.#version += 1;
      const begun = performance.now();
      void this.#connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri: this.uri, version: this.#version },
        contentChanges,
      });
      return begun;
    };
  }
}
