import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { guardAgainstNative } from './guard.ts';
import { type Sizes, sizesOfParts } from './sizes.ts';
import { stage } from './stage.ts';
import { bindingOf, type Target } from './targets.ts';

/** A package of the extension. */
export interface Vsix {
  readonly target: Target;
  readonly path: string;
  readonly size: number;
  /** The sizes of its parts before compression. */
  readonly parts: Sizes;
}

/**
 * Makes the package of the extension for a platform, `dist/vsix/plumbline-<platform>.vsix`. Throws where it would bring native code that is not
 * DuckDB's.
 *
 * @param bundles where the build has written the bundles
 */
export function makeVsix(target: Target, bundles: string): Vsix {
  const staged = resolve('dist', 'stage', target);
  stage(staged, target, bundles);
  guardAgainstNative(staged, bindingOf(target));
  mkdirSync(join('dist', 'vsix'), { recursive: true });
  const path = join('dist', 'vsix', `plumbline-${target}.vsix`);
  const vsce = resolve('node_modules', '@vscode', 'vsce', 'vsce');
  const args = ['package', '--target', target, '--out', resolve(path)];
  // The README stands for itself: there is no public repository that its links could lead to.
  const repository = ['--no-rewrite-relative-links', '--allow-missing-repository'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [vsce, ...args, ...repository], {
    cwd: staged,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`vsce could not make the package of ${target}:\n${stdout}${stderr}`);
  const parts = sizesOfParts(staged);
  rmSync(staged, { recursive: true });
  return { target, path, size: statSync(path).size, parts };
}
