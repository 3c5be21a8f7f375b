import type { FileSystem, FileWriter, OutputFiles } from '../core/ports.ts';
import type { ReportWriter } from '../report/report.ts';
import { type Look, type LookOptions, lookOf } from './look.ts';

/** Where a command's output goes. */
export interface Stream {
  write(text: string): void;
  readonly isTTY: boolean;
  readonly columns: number | undefined;
}

/** What commands are given of the world. */
export interface Host {
  readonly fs: FileSystem & FileWriter;
  readonly output: OutputFiles;
  /** The working folder, with `/` separators. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** Everything that is written to the standard input. Rejects with `FileProblem` where that is no text. */
  readonly readInput: () => Promise<string>;
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** The bundled entry of the engine's process. */
  readonly enginePath: string;
  /** Loads the language server, which takes over the process. */
  startServer(): void;
  /** Loads what writes the pages of a report. */
  loadReportWriter(): ReportWriter;
}

/** How text looks on one of the host's streams. */
export function lookAt(host: Host, stream: 'stdout' | 'stderr', options: LookOptions): Look {
  const { isTTY, columns } = host[stream];
  return lookOf({ isTTY, columns, env: host.env, platform: host.platform }, options);
}
