/** The part of the platform's `AbortSignal` that the core uses; any `AbortSignal` fits. */
export interface Cancel {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Thrown by long work whose `Cancel` was aborted. Faces turn it into "cancelled", never into a problem. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled');
    this.name = 'Cancelled';
  }
}

/** Throws `Cancelled` when the signal is aborted. Long loops call it on every turn. */
export function throwIfCancelled(cancel: Cancel | undefined): void {
  if (cancel?.aborted) throw new Cancelled();
}
