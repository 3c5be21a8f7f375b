import { kinds } from '../../server/src/core/kinds/index.ts';
import { readFile } from '../../server/src/core/model/read-file.ts';
import { readProject } from '../../server/src/core/model/read-project.ts';
import { settingProblems } from '../../server/src/core/model/setting-problems.ts';
import { parseYaml } from '../../server/src/core/syntax/yaml/parse.ts';
import { issuesOf } from '../../server/src/core/workspace/read-unit.ts';
import { type LoadedProject, shapeProblems } from '../../server/src/core/workspace.ts';

/** The project with its files read as a whole, so that offsets in a test are those of its texts. */
export function asWhole(loaded: LoadedProject): LoadedProject {
  const read = [...loaded.texts.values()].map(({ path, text }) => {
    const tree = parseYaml(text);
    return { file: readFile(path, text, tree, kinds), issues: issuesOf(path, tree) };
  });
  const project = readProject(
    loaded.project.folder,
    loaded.project.settings,
    read.map(({ file }) => file),
  );
  const problems = [
    ...read.flatMap(({ issues }) => issues),
    ...settingProblems(project),
    ...shapeProblems(project, loaded.shapes),
  ];
  return { ...loaded, project, problems };
}
