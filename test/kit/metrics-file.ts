import type { Project } from '../../server/src/core/model/project.ts';
import { readFile } from '../../server/src/core/model/read-file.ts';
import { readProject } from '../../server/src/core/model/read-project.ts';
import { readSettings } from '../../server/src/core/model/read-settings.ts';
import { parseYaml } from '../../server/src/core/syntax/yaml/parse.ts';
import { readKinds } from './read-kinds.ts';

/** Reads metrics files, by path, to a project, with no file system, data or checks in between. */
export function readTexts(texts: Readonly<Record<string, string>>, settings = ''): Project {
  const files = Object.entries(texts).map(([path, text]) => readFile(path, text, parseYaml(text), readKinds));
  const read = readSettings(settings === '' ? undefined : '/p/plumbline.yaml', parseYaml(settings).root);
  return readProject('/p', read, files);
}

/** Reads one metrics file, `/p/a.metrics.yaml`. */
export function readText(text: string, settings = ''): Project {
  return readTexts({ '/p/a.metrics.yaml': text }, settings);
}
