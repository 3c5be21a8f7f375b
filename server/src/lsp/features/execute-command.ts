import {
  type CancellationToken,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
} from 'vscode-languageserver';
import { computedText, expectedText } from '../../core/evaluate/example-text.ts';
import type { Need } from '../../core/evaluate/numbers.ts';
import { unitOf } from '../../core/model/metric-unit.ts';
import { answer } from '../answer.ts';
import { COMMANDS } from '../commands.ts';
import type { Feature, ServerContext } from '../feature.ts';

/** The commands that the server runs by itself, so that every client has them. */
export const executeCommand: Feature = {
  capabilities: { executeCommandProvider: { commands: [COMMANDS.examples] } },
  register(context) {
    context.connection.onExecuteCommand(({ command, arguments: [metric, uri] = [] }, token) => {
      if (command !== COMMANDS.examples || typeof metric !== 'string' || typeof uri !== 'string') {
        const message = `"${command}" is no command of the server, or has other arguments.`;
        return new ResponseError(LSPErrorCodes.RequestFailed, message);
      }
      return runExamples(context, metric, uri, token);
    });
  },
};

/** What came of one example. */
interface ExampleAnswer {
  readonly index: number;
  readonly passed: boolean;
  readonly expected: string;
  /** `null` where it could not be computed. */
  readonly computed: string | null;
  readonly refused: string | null;
}

/** Computes the examples of a metric, and tells how many pass. */
async function runExamples(
  context: ServerContext,
  metric: string,
  uri: string,
  token: CancellationToken,
): Promise<readonly ExampleAnswer[] | null> {
  const answers = await answer(context, uri, token, async (snapshot) => {
    const count = snapshot.context.checked.project.metrics.get(metric)?.examples.length ?? 0;
    const needs = Array.from({ length: count }, (_, index): Need => ({ kind: 'example', metric, index }));
    await snapshot.ensure(needs, token);
    const { checked, numbers } = snapshot.context;
    return needs.flatMap((_, index): ExampleAnswer[] => {
      const known = numbers?.example(metric, index);
      if (known === undefined || known.stale) return [];
      const result = known.value;
      const unit = unitOf(checked.project, checked.kinds, result.metric);
      const { passed, refused = null } = result;
      return [
        {
          index,
          passed,
          expected: expectedText(result),
          computed: computedText(result, unit) ?? null,
          refused,
        },
      ];
    });
  });
  if (answers === null) return null;
  const passed = answers.filter((each) => each.passed).length;
  const message =
    answers.length === 0
      ? `No example of ${metric} could be run.`
      : `Examples of ${metric}: ${passed} of ${answers.length} pass.`;
  // Not `showInformationMessage`, which is a request: a client that does not know it would refuse it.
  void context.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
  context.refresh();
  return answers;
}
