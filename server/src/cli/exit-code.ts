/** What the command line ends with. Signals end it with 128 plus their number. */
export const EXIT = {
  /** Nothing is wrong. */
  clean: 0,
  /** The definitions or the data have errors, an example fails, or something asked for could not be evaluated. */
  problems: 1,
  /** The command was called wrongly, or the set-up does not allow it to run. */
  usage: 2,
} as const;

/** Why a command cannot run as it was called. Printed as one line, with a hint where help is. */
export class UsageError extends Error {
  /** Lines below the message, such as an option's text with carets. */
  readonly detail: readonly string[];
  constructor(message: string, detail: readonly string[] = []) {
    super(message);
    this.name = 'UsageError';
    this.detail = detail;
  }
}

/** Why a command cannot run here, however it is called: no project, no engine. Printed as one line. */
export class SetupError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SetupError';
  }
}
