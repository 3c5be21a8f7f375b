// Drives the language server in Neovim, as a second client beside VS Code: `npm run test:neovim`. Takes the `nvim` that is there, or
// installs it with apt-get where that can be done without asking anybody; else it says why it does nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the script edits. `ammount` is no column, `revenue` is named in the other file. */
const FILES = {
  'plumbline.yaml': 'plumbline: 1\nas_of: 2025-02-28\n',
  'orders.csv': 'ordered_at,amount\n2025-01-02,10\n2025-02-03,20\n2025-02-04,5\n',
  'revenue.metrics.yaml': `plumbline: 1
sources:
  orders: { data: orders.csv, time: ordered_at }
metrics:
  revenue:
    type: sum
    description: What customers paid for their orders.
    owner: sales
    source: orders
    value: ammount
`,
  'targets.metrics.yaml': `plumbline: 1
targets:
  more_revenue: { metric: revenue, at_least: 30, each: month, why: Pays for the second shop. }
`,
};

const nvim = findNeovim();
if (nvim === undefined) {
  console.log(
    'Neovim is skipped: there is no nvim, and only root on Debian can install it without being asked.',
  );
  console.log('Neovim: 0 passed, 0 failed, 1 skipped');
} else {
  process.exitCode = drive(nvim);
}

function findNeovim() {
  const runs = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
  const known = process.env.NVIM_PATH ?? 'nvim';
  if (runs(known)) return known;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'neovim']]) {
    spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env });
  }
  return runs('nvim') ? 'nvim' : undefined;
}

/** Runs the script in a folder of its own; nothing of the user's Neovim is read or written. */
function drive(command) {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-neovim-'));
  try {
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    const script = join(dirname(fileURLToPath(import.meta.url)), 'drive.lua');
    const args = ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', `luafile ${script}`];
    const env = {
      ...process.env,
      HOME: folder,
      XDG_STATE_HOME: folder,
      XDG_CACHE_HOME: folder,
      PLUMBLINE_CLI: resolve('dist', 'cli.js'),
      PLUMBLINE_NODE: process.execPath,
    };
    const { status, signal } = spawnSync(command, args, {
      cwd: folder,
      env,
      stdio: 'inherit',
      timeout: 300_000,
    });
    if (signal !== null) console.log(`Neovim was stopped by ${signal}.`);
    return status === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
