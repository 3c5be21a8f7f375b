import { resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { analyse } from '../../../server/src/core/analyse.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { loadProject } from '../../../server/src/core/workspace.ts';
import { createMemoryFileSystem } from '../../../server/src/hosts/memory-file-system.ts';
import { inTurn } from '../kit/in-turn.ts';
import { type Files, largeProject } from '../kit/projects.ts';
import type { CoreOptions } from './bench.ts';
import type { Findings, Measured } from './findings.ts';
import { timed } from './timed.ts';
import { yamlService } from './yaml-service.ts';

export const CHECK = 'check';

/** A project at a size, as text. */
export function projectAt({ metrics, perFile }: CoreOptions, size: number): Files {
  return largeProject(metrics * size, perFile);
}

/** The files of a project that are YAML. */
export function yamlFiles(files: Files): readonly (readonly [string, string])[] {
  return Object.entries(files).filter(([path]) => path.endsWith('.yaml'));
}

/** Warm, in one process: `check` of a project against a bare parse of its files, and against their validation by another server. */
export async function benchCheck(findings: Findings, options: CoreOptions, say: Say): Promise<void> {
  const validate = yamlService(resolve('schemas', 'metrics.schema.json'));
  if ((await validate('/project/wrong.metrics.yaml', 'plumbline: 1\nmetric: {}\n')) === 0)
    throw new Error('yaml-language-server does not use our schema.');
  for (const size of options.sizes) {
    const files = projectAt(options, size);
    say(`check: ${Object.keys(files).length} files with ${options.metrics * size} metrics …`);
    const texts = yamlFiles(files);
    const metrics = texts.filter(([path]) => path.endsWith('.metrics.yaml'));
    const fs = createMemoryFileSystem(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`/project/${path}`, text])),
    );
    const [own = [], parse = [], other = []] = await inTurn(
      [
        () => timed(() => checkOnce(fs)),
        () =>
          timed(() => {
            for (const [, text] of texts) parseOnce(text);
          }),
        () =>
          timed(async () => {
            for (const [path, text] of metrics) {
              if ((await validate(`/project/${path}`, text)) > 0)
                throw new Error(`Our schema does not allow ${path}.`);
            }
          }),
      ],
      // The first rounds compile the code; at larger sizes it is compiled already.
      { repeat: options.repeat, warm: size === options.sizes[0] ? 3 : 1 },
    );
    const measured: Measured[] = [
      { what: 'plumbline', times: own },
      { what: 'yaml parse', times: parse },
      { what: 'yaml-language-server', times: other },
    ];
    for (const each of measured) findings.add(CHECK, size, each);
    const [plumbline, yaml, server] = measured;
    if (plumbline === undefined || yaml === undefined || server === undefined) continue;
    findings.compare(`check ${size}x to yaml parse`, plumbline, yaml, 1.5);
    findings.compare(`check ${size}x to yaml-language-server`, plumbline, server, 1);
  }
  for (const what of ['plumbline', 'yaml parse', 'yaml-language-server']) findings.growth(CHECK, what);
}

type Say = (line: string) => void;

async function checkOnce(fs: ReturnType<typeof createMemoryFileSystem>): Promise<void> {
  const { problems } = analyse(await loadProject(fs, '/project', { kinds }), kinds);
  const wrong = problems.find(({ severity }) => severity === 'error' || severity === 'warning');
  if (wrong !== undefined) throw new Error(`The project has a problem: ${wrong.file}: ${wrong.message}`);
}

function parseOnce(text: string): void {
  if (parseDocument(text).errors.length > 0) throw new Error('The project is no YAML.');
}
