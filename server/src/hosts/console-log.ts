import type { Log } from '../core/ports.ts';

/** A log on the error output, so that the standard output stays free for results and for the language server's messages. */
export function createConsoleLog(): Log {
  const write = (level: string) => (message: string) => {
    process.stderr.write(`plumbline: ${level}: ${message}\n`);
  };
  return { info: write('info'), warn: write('warning'), error: write('error') };
}
