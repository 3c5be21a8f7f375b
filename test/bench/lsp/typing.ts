import {
  type CompletionList,
  CompletionRequest,
  type Diagnostic,
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
  HoverRequest,
  type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import { inTurn } from '../kit/in-turn.ts';
import type { Row } from '../kit/report.ts';
import { summary } from '../kit/statistics.ts';
import { type Client, pause } from './client.ts';
import {
  breaking,
  inDescription,
  inExpression,
  type Keystrokes,
  mending,
  nothing,
  type Typist,
} from './keystrokes.ts';
import type { OpenDocument } from './open-document.ts';

/** Something that is measured again and again. */
export interface Probe {
  /** What is measured: `description → diagnostics (push)`. */
  readonly names: readonly string[];
  /** Measures once: milliseconds for each name. */
  press(): Promise<readonly number[]>;
}

/** What is typed into. */
export interface Subject {
  readonly client: Client;
  readonly document: OpenDocument;
  /** Types into one metric of it. */
  readonly typist: Typist;
  /** Whether the server is our own: it says of which version the problems are that it tells, and knows what a metric is. */
  readonly isOwn: boolean;
}

/** What is measured of a document is measured in turn with the same of others, so that a busy machine is as busy for all of them. */
export async function measureInTurn(
  all: readonly { readonly scenario: string; readonly probes: readonly Probe[] }[],
  repeat: number,
  rest: number,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const titles = new Set(all.flatMap(({ probes }) => probes.map(titleOf)));
  for (const title of titles) {
    const turns = all.flatMap(({ scenario, probes }) =>
      probes.filter((probe) => titleOf(probe) === title).map((probe) => ({ scenario, probe })),
    );
    const taken = await inTurn(
      turns.map(
        ({ probe }) =>
          () =>
            probe.press(),
      ),
      { repeat, warm: 2, rest: () => pause(rest) },
    );
    for (const [turn, { scenario, probe }] of turns.entries()) {
      for (const [index, what] of probe.names.entries()) {
        const times = taken[turn]?.map((each) => each[index] ?? Number.NaN) ?? [];
        rows.push({ scenario, what, ...summary(times) });
      }
    }
  }
  return rows;
}

function titleOf({ names }: Probe): string {
  return names.join();
}

const KINDS: readonly (readonly [string, Keystrokes])[] = [
  ['description', inDescription],
  ['expression', inExpression],
  ['nothing changed', nothing],
];

/** From a keystroke to the problems of just that text, told unasked. */
export function pushProbes({ client, document, typist, isOwn }: Subject): readonly Probe[] {
  return diagnosticProbes('push', async (keystrokes) => {
    const send = typist.prepare(keystrokes);
    const told = client.told(document.uri, isOwn ? document.version + 1 : undefined);
    const begun = send();
    const { at, diagnostics } = await told;
    return { took: at - begun, diagnostics };
  });
}

/** From a keystroke to the problems of just that text, asked for at once. */
export function pullProbes({ client, document, typist }: Subject): readonly Probe[] {
  let previousResultId: string | undefined;
  return diagnosticProbes('pull', async (keystrokes) => {
    const begun = typist.prepare(keystrokes)();
    const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri: document.uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
    const took = performance.now() - begun;
    previousResultId = report.resultId;
    return { took, diagnostics: report.kind === DocumentDiagnosticReportKind.Full ? report.items : [] };
  });
}

interface Pressed {
  readonly took: number;
  readonly diagnostics: readonly Diagnostic[];
}

function diagnosticProbes(
  how: string,
  press: (keystrokes: Keystrokes) => Promise<Pressed>,
): readonly Probe[] {
  const probes = KINDS.map(
    ([name, keystrokes]): Probe => ({
      names: [`${name} → diagnostics (${how})`],
      press: async () => [(await press(keystrokes)).took],
    }),
  );
  const broken: Probe = {
    names: [`broken YAML → diagnostics (${how})`, `mended YAML → diagnostics (${how})`],
    async press() {
      const wrong = await press(breaking);
      if (wrong.diagnostics.length === 0) throw new Error('Broken YAML has problems, but none was told.');
      await pause(50);
      const right = await press(mending);
      return [wrong.took, right.took];
    },
  };
  return [...probes, broken];
}

/** From a keystroke to a list of completions, and to a hover, asked for at once. */
export function requestProbes({ client, document, typist, isOwn }: Subject): readonly Probe[] {
  const { type, key, where, name } = typist.spots;
  const probe = (title: string, keystrokes: Keystrokes, ask: () => Promise<boolean>): Probe => ({
    names: [title],
    async press() {
      const begun = typist.prepare(keystrokes)();
      if (!(await ask())) throw new Error(`There was no answer: ${title}.`);
      return [performance.now() - begun];
    },
  });
  const completeAt = (at: number) => async (): Promise<boolean> =>
    countOf(await client.connection.sendRequest(CompletionRequest.type, placeAt(document, at))) > 0;
  const hoverAt = (at: number) => async (): Promise<boolean> =>
    (await client.connection.sendRequest(HoverRequest.type, placeAt(document, at))) !== null;
  const common = [
    probe('completion of a type', inDescription, completeAt(type)),
    probe('hover on a key', inDescription, hoverAt(key + 1)),
  ];
  if (!isOwn) return common;
  return [
    ...common,
    probe('completion in an expression', inExpression, completeAt(where + 2)),
    probe('hover on a metric, with its value', inDescription, hoverAt(name + 2)),
  ];
}

function countOf(list: CompletionList | readonly unknown[] | null): number {
  if (list === null) return 0;
  return 'items' in list ? list.items.length : list.length;
}

function placeAt(document: OpenDocument, offset: number): TextDocumentPositionParams {
  return { textDocument: { uri: document.uri }, position: document.position(offset) };
}
