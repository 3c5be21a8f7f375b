import type { RowsPage } from '../core/preview/preview.ts';
import type { CustomRequest, ProjectParams, Unavailable } from './custom-request.ts';

export interface RowsParams extends ProjectParams {
  readonly source: string;
  /** How many rows to leave out; default 0. */
  readonly offset?: number;
  /** At most so many rows; default 20, at most 500. */
  readonly limit?: number;
}

/** A page of the rows of a source. Null where the document is in no project, or the request was cancelled. */
export const rowsRequest: CustomRequest<RowsParams, RowsPage | Unavailable | null> = {
  method: 'plumbline/rows',
};
