import { execFileSync } from 'node:child_process';

/** The processes that this one has started, or that those have, whose command line names a file. Unix only. */
export function childProcesses(file: string): readonly number[] {
  const lines = execFileSync('ps', ['-Ao', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n');
  const processes = lines.map((line) => {
    const [, pid, parent, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return { pid: Number(pid), parent: Number(parent), args };
  });
  const under = (root: number): typeof processes =>
    processes.filter(({ parent }) => parent === root).flatMap((child) => [child, ...under(child.pid)]);
  return under(process.pid)
    .filter(({ args }) => args.includes(file))
    .map(({ pid }) => pid);
}
