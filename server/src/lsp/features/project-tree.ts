import type { Need } from '../../core/evaluate/numbers.ts';
import { describeDefinition } from '../../core/ide/describe-definition.ts';
import { projectTree as treeOf } from '../../core/ide/project-tree.ts';
import { targetsOf } from '../../core/ide/targets-of.ts';
import { definitionOf } from '../../core/preview/make-preview.ts';
import {
  describeRequest,
  projectTreeRequest,
  type WantNumbersParams,
  wantNumbersNotification,
} from '../../protocol/project-tree.ts';
import type { Feature } from '../feature.ts';
import { onCustomRequest } from '../on-custom-request.ts';
import type { Snapshot } from '../snapshot.ts';

/** What an explorer asks: the definitions of a project, one of them in words, and that the numbers it shows be computed. */
export const projectTree: Feature = {
  capabilities: {},
  register(context) {
    const { connection, projects } = context;
    onCustomRequest(context, projectTreeRequest, (snapshot) => treeOf(snapshot.context, snapshot.location));
    onCustomRequest(context, describeRequest, (snapshot, { definition: kind, name }) => {
      const definition = definitionOf(snapshot.context.checked.project, { kind, name });
      return definition && describeDefinition(snapshot.aroundFiles([definition.file]), kind, name);
    });
    connection.onNotification(wantNumbersNotification.method, async (params: WantNumbersParams) => {
      const snapshot = await projects.snapshot(params.textDocument.uri);
      snapshot?.want(needsOf(snapshot, params));
    });
  },
};

function needsOf({ context }: Snapshot, { metrics, targets }: WantNumbersParams): readonly Need[] {
  const { project } = context.checked;
  const goals = metrics.flatMap((name) => targetsOf(project, name).map((target) => target.name));
  return [
    ...metrics.map((name): Need => ({ kind: 'metric', name })),
    ...[...new Set([...goals, ...targets])].map((name): Need => ({ kind: 'target', name })),
  ];
}
