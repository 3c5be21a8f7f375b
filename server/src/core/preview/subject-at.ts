import type { IdeFile } from '../ide/ide-context.ts';
import { definitionAt } from '../ide/uses.ts';
import type { Project } from '../model/project.ts';
import { pathOf } from '../syntax/units/unit-id.ts';
import { fileOf } from './standing.ts';
import type { Subject } from './subject.ts';

/** What a preview shows that follows the cursor: the definition around an offset, else the scorecard of the file. */
export function subjectAt(project: Project, { file }: IdeFile, offset: number): Subject {
  const around = definitionAt(file, offset);
  // A unit is one definition: the blank lines and comments behind it belong to it too.
  const only = file.path === pathOf(file.path) ? undefined : file.definitions[0];
  const definition = around ?? only;
  if (definition === undefined) return { kind: 'scorecard', file: fileOf(project, { file: file.path }) };
  return { kind: definition.definition, name: definition.name };
}
