/**
 * A request that Plumbline adds to the language server protocol. Its `method` is all that there is at run time; parameters
 * and result are known to the compiler on both sides, and are plain data.
 */
export interface CustomRequest<Params, Result> {
  readonly method: `plumbline/${string}`;
  /** Never there. */
  readonly types?: (params: Params) => Result;
}

/** A notification that Plumbline adds to the protocol, typed in the same way. */
export interface CustomNotification<Params> {
  readonly method: `plumbline/${string}`;
  /** Never there. */
  readonly types?: (params: Params) => void;
}

/** Asks about the project of a document; any file of the project will do. */
export interface ProjectParams {
  readonly textDocument: { readonly uri: string };
}

/** Asks about one metric of the project of a document. */
export interface MetricParams extends ProjectParams {
  /** Its name. */
  readonly metric: string;
  /** Under this token the progress of long work is told, as the protocol has it. */
  readonly workDoneToken?: string | number;
}

/** A range in a document, as the protocol writes it: lines and UTF-16 characters from 0. */
export interface Location {
  readonly uri: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** Why something cannot be given, in words for users. */
export interface Unavailable {
  readonly unavailable: string;
}
