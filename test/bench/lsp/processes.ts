import { execFileSync } from 'node:child_process';

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
