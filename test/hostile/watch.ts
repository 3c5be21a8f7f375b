import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { distFolder } from '../cli/kit.ts';

/** Whether this machine can watch what a process and its children ask of the system. */
export function canWatch(): boolean {
  return process.platform === 'linux' && spawnSync('strace', ['-V']).status === 0;
}

/** What a watched process did that it must not do. */
export interface Watch {
  /** What to put before a command line, so that it is watched. */
  readonly command: readonly string[];
  /** The forbidden things that were done, once the process has ended: a word for what, and the path or the call. */
  violations(): readonly string[];
  /** Every file inside the project that was opened, by its real path. */
  opened(): ReadonlySet<string>;
  dispose(): void;
}

/** The calls that open, make, change or remove files, that run programs, and that reach a network. */
const CALLS = [
  'open,openat,openat2,creat',
  'rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir',
  'mkdir,mkdirat,mknod,mknodat,truncate,ftruncate,chmod,fchmod,fchmodat,chown,fchown,lchown,fchownat',
  'utimensat,setxattr,lsetxattr,fsetxattr,inotify_add_watch',
  'execve,execveat,socket,connect,bind,sendto,sendmsg',
].join(',');

/** What every program on the machine reads: libraries, the clock's zone, what the kernel tells of itself. */
const OF_THE_SYSTEM = [
  /^\/usr\//,
  /^\/(lib|lib64)\//,
  /^\/etc\/(ld\.so\.\w+|localtime|ssl\/openssl\.cnf|nsswitch\.conf)$/,
  /^\/(proc|sys)\//,
  /^\/dev\/(null|zero|urandom|random)$/,
];

/** Watches processes: what they may open is the project, the program itself, and what belongs to the system. */
export function watch(project: string): Watch {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-watch-'));
  const file = join(folder, 'calls');
  const repository = dirname(distFolder());
  const own = [
    distFolder(),
    realpathSync(join(repository, 'node_modules')),
    join(repository, 'package.json'),
    dirname(dirname(realpathSync(process.execPath))),
    // Node itself reads this where the machine says so.
    ...(process.env.NODE_EXTRA_CA_CERTS === undefined ? [] : [realpathSync(process.env.NODE_EXTRA_CA_CERTS)]),
  ];
  const isRead = (path: string): boolean =>
    isUnder(project, path) ||
    own.some((place) => isUnder(place, path)) ||
    (path !== '/dev/zero' && OF_THE_SYSTEM.some((pattern) => pattern.test(path)));
  const calls = (): readonly string[] => whole(readFileSync(file, 'utf8').split('\n'));
  return {
    command: ['strace', '-f', '-qq', '-y', '-s', '4096', '--seccomp-bpf', '-e', `trace=${CALLS}`, '-o', file],
    violations: () => [...new Set(calls().flatMap((call) => violation(call, isRead)))],
    opened: () =>
      new Set(
        calls()
          .flatMap((call) => openedBy(call) ?? [])
          .filter((path) => isUnder(project, path)),
      ),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The calls of a log, each in one line: one that another process interrupted is written in two. */
function whole(lines: readonly string[]): readonly string[] {
  const begun = new Map<string, string>();
  return lines.flatMap((line) => {
    const [, pid = ''] = /^(\d+) /.exec(line) ?? [];
    if (line.endsWith('<unfinished ...>')) {
      begun.set(pid, line.slice(0, -'<unfinished ...>'.length));
      return [];
    }
    const rest = /^\d+ +<\.\.\. \w+ resumed>(.*)$/s.exec(line)?.[1];
    if (rest !== undefined) return [`${begun.get(pid) ?? ''}${rest}`];
    return line === '' ? [] : [line];
  });
}

function isUnder(folder: string, path: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** The real path of a file that a call has opened: strace shows it behind the number that the call returned. */
function openedBy(call: string): string | undefined {
  if (!/^\d+ +(open|openat|openat2|creat)\(/.test(call)) return undefined;
  return /\)\s+= \d+<([^>]*)>$/.exec(call)?.[1];
}

function violation(call: string, isRead: (path: string) => boolean): readonly string[] {
  const [, name = '', rest = ''] = /^\d+ +(\w+)\((.*)$/s.exec(call) ?? [];
  if (name === '' || / = -1 E\w+/.test(rest)) return [];
  const path = openedBy(call);
  if (path !== undefined) {
    const writes = /O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)/.test(rest);
    if (writes && path.startsWith('/') && path !== '/dev/null') return [`written ${path}`];
    return !path.startsWith('/') || isRead(path) ? [] : [`read ${path}`];
  }
  if (name === 'execve') return /^"[^"]*\/(sh|node|git)"/.test(rest) ? [] : [`run ${rest}`];
  if (name === 'inotify_add_watch') {
    const watched = /, "([^"]*)"/.exec(rest)?.[1] ?? '';
    return isRead(watched) ? [] : [`watched ${watched}`];
  }
  if (name === 'socket' || name === 'connect' || name === 'bind' || name.startsWith('send')) {
    return /AF_INET|sin6?_addr/.test(rest) ? [`network ${name}(${rest}`] : [];
  }
  if (name === 'openat' || name === 'open') return [];
  return [`changed ${name}(${rest}`];
}
