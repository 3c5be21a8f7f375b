import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Megabytes of memory that processes take: the server itself, and what it has started. */
export interface Memory {
  readonly server: number;
  readonly engine: number;
}

/** What a process and its children take now; nothing where the system has no `ps`. */
export function memoryOf(pid: number): Memory {
  const rows = processes();
  const total = (of: (row: ProcessRow) => boolean): number =>
    rows.filter(of).reduce((sum, { kilobytes }) => sum + kilobytes, 0) / 1024;
  return { server: total((row) => row.pid === pid), engine: total((row) => row.parent === pid) };
}

/** The most megabytes that a process has taken so far. Where the system does not say (it is not Linux), what it takes now. */
export function peakMemoryOf(pid: number): number {
  const peak = /^VmHWM:\s*(\d+) kB$/m.exec(procText(pid, 'status'))?.[1];
  return peak === undefined ? memoryOf(pid).server : Number(peak) / 1024;
}

/** Linux counts processor time in hundredths of a second, for programs of any machine. */
const TICK_MS = 10;

/** Milliseconds of processor time that a process has used so far; not a number where the system does not say (it is not Linux). */
export function cpuOf(pid: number): number {
  // The name in parentheses may hold spaces; what follows does not.
  const fields = procText(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function procText(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly kilobytes: number;
}

function processes(): readonly ProcessRow[] {
  try {
    const output = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' });
    return output
      .trim()
      .split('\n')
      .map((line) => {
        const [pid = 0, parent = 0, kilobytes = 0] = line.trim().split(/\s+/).map(Number);
        return { pid, parent, kilobytes };
      });
  } catch {
    return [];
  }
}
