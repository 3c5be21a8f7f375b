import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The version of Plumbline: it stands in the package's manifest, one folder above the bundles. */
export function ownVersion(bundles: string): string {
  return versionIn(dirname(bundles)) ?? 'unknown';
}

/** The versions of all that a server consists of, by names that are ready to be read. */
export function serverVersions(bundles: string): Readonly<Record<string, string>> {
  return {
    Plumbline: ownVersion(bundles),
    DuckDB: engineVersion(bundles) ?? 'not installed',
    Node: process.versions.node,
  };
}

/** The version of the package that the engine's process loads. */
function engineVersion(bundles: string): string | undefined {
  try {
    const entry = createRequire(join(bundles, 'engine.js')).resolve('@duckdb/node-api');
    for (let folder = dirname(entry); folder !== dirname(folder); folder = dirname(folder)) {
      if (existsSync(join(folder, 'package.json'))) return versionIn(folder);
    }
  } catch {
    // A package that is not there has no version; what loads it says why there is no engine.
  }
  return undefined;
}

function versionIn(folder: string): string | undefined {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return known ? String(manifest.version) : undefined;
}
