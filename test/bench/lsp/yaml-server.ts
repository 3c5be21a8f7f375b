import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { Client, uriOf } from './client.ts';

/** How long `yaml-language-server` waits for typing to rest before it looks for problems. */
export const YAML_DEBOUNCE_MS = 200;

/**
 * The script of `yaml-language-server`: of the folder that YAML_LANGUAGE_SERVER names, or of `node_modules`; `undefined` where it
 * is not installed.
 */
export function yamlServerScript(): string | undefined {
  const folder = process.env.YAML_LANGUAGE_SERVER ?? installedFolder();
  if (folder === undefined) return undefined;
  const script = join(folder, 'bin', 'yaml-language-server');
  return existsSync(script) ? script : undefined;
}

function installedFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('yaml-language-server/package.json'));
  } catch {
    return undefined;
  }
}

/** Starts it with our schema for metrics files. */
export function startYamlServer(script: string, folder: string): Promise<Client> {
  return Client.start({
    server: script,
    folder,
    capabilities: {
      workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: false } },
      textDocument: { hover: { contentFormat: ['markdown'] }, completion: {} },
    },
    configuration: {
      yaml: {
        schemas: { [uriOf(resolve('schemas', 'metrics.schema.json'))]: ['*.metrics.yaml'] },
        schemaStore: { enable: false },
        validate: true,
        hover: true,
        completion: true,
      },
    },
  });
}
