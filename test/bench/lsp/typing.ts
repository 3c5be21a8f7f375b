import {
  type CompletionList,
  CompletionRequest,
  type Diagnostic,
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
  HoverRequest,
  type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import { type Client, pause } from './client.ts';
import {
  breaking,
  inDescription,
  inExpression,
  type Keystrokes,
  mending,
  nothing,
  Typist,
} from './keystrokes.ts';
import type { OpenDocument } from './open-document.ts';
import { type Summary, summary } from './statistics.ts';

/** What was measured, by its name: `description → diagnostics (push)`. */
export type Measured = Map<string, Summary>;

export interface TypingOptions {
  /** The metric that is typed into. */
  readonly metric: string;
  readonly repeat: number;
  /** Milliseconds between an answer and the next keystroke. */
  readonly rest: number;
  /** Whether the server says of which version the problems are that it tells. */
  readonly versions: boolean;
}

const KINDS: readonly (readonly [string, Keystrokes])[] = [
  ['description', inDescription],
  ['expression', inExpression],
  ['nothing changed', nothing],
];

/** From a keystroke to the problems of just that text, told unasked. */
export async function measurePush(
  client: Client,
  document: OpenDocument,
  options: TypingOptions,
): Promise<Measured> {
  const typist = new Typist(document, options.metric);
  const press = async (keystrokes: Keystrokes): Promise<Pressed> => {
    const send = typist.prepare(keystrokes);
    const version = options.versions ? document.version + 1 : undefined;
    const told = client.told(document.uri, version);
    const begun = send();
    const { at, diagnostics } = await told;
    return { took: at - begun, diagnostics };
  };
  return measureKinds(press, options, 'push');
}

/** From a keystroke to the problems of just that text, asked for at once. */
export async function measurePull(
  client: Client,
  document: OpenDocument,
  options: TypingOptions,
): Promise<Measured> {
  const typist = new Typist(document, options.metric);
  let previousResultId: string | undefined;
  const press = async (keystrokes: Keystrokes): Promise<Pressed> => {
    const begun = typist.prepare(keystrokes)();
    const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri: document.uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
    const took = performance.now() - begun;
    previousResultId = report.resultId;
    return { took, diagnostics: report.kind === DocumentDiagnosticReportKind.Full ? report.items : [] };
  };
  return measureKinds(press, options, 'pull');
}

interface Pressed {
  readonly took: number;
  readonly diagnostics: readonly Diagnostic[];
}

async function measureKinds(
  press: (keystrokes: Keystrokes) => Promise<Pressed>,
  { repeat, rest }: TypingOptions,
  how: string,
): Promise<Measured> {
  const measured: Measured = new Map();
  for (const [name, keystrokes] of KINDS) {
    const times: number[] = [];
    for (let nth = -2; nth < repeat; nth++) {
      const { took } = await press(keystrokes);
      // The first ones warm the server up.
      if (nth >= 0) times.push(took);
      await pause(rest);
    }
    measured.set(`${name} → diagnostics (${how})`, summary(times));
  }
  const [broken, mended]: [number[], number[]] = [[], []];
  for (let nth = -1; nth < repeat; nth++) {
    const wrong = await press(breaking);
    if (wrong.diagnostics.length === 0) throw new Error('Broken YAML has problems, but none was told.');
    await pause(rest);
    const right = await press(mending);
    if (nth >= 0) broken.push(wrong.took);
    if (nth >= 0) mended.push(right.took);
    await pause(rest);
  }
  measured.set(`broken YAML → diagnostics (${how})`, summary(broken));
  return measured.set(`mended YAML → diagnostics (${how})`, summary(mended));
}

/** From a keystroke to a list of completions, and to a hover, asked for at once. */
export async function measureRequests(
  client: Client,
  document: OpenDocument,
  options: TypingOptions,
  isOwn: boolean,
): Promise<Measured> {
  const typist = new Typist(document, options.metric);
  const { type, key, where, name } = typist.spots;
  const measured: Measured = new Map();
  const completeAt = (at: number) => async (): Promise<boolean> =>
    countOf(await client.connection.sendRequest(CompletionRequest.type, placeAt(document, at))) > 0;
  const hoverAt = (at: number) => async (): Promise<boolean> =>
    (await client.connection.sendRequest(HoverRequest.type, placeAt(document, at))) !== null;
  const requests: readonly Asked[] = [
    { name: 'completion of a type', keystrokes: inDescription, ask: completeAt(type) },
    { name: 'hover on a key', keystrokes: inDescription, ask: hoverAt(key + 1) },
    ...(isOwn
      ? [
          { name: 'completion in an expression', keystrokes: inExpression, ask: completeAt(where + 2) },
          { name: 'hover on a metric, with its value', keystrokes: inDescription, ask: hoverAt(name + 2) },
        ]
      : []),
  ];
  for (const { name: title, keystrokes, ask } of requests) {
    const times: number[] = [];
    for (let nth = -2; nth < options.repeat; nth++) {
      const begun = typist.prepare(keystrokes)();
      const isAnswered = await ask();
      if (nth >= 0) times.push(performance.now() - begun);
      if (!isAnswered) throw new Error(`There was no answer: ${title}.`);
      await pause(options.rest);
    }
    measured.set(title, summary(times));
  }
  return measured;
}

interface Asked {
  readonly name: string;
  readonly keystrokes: Keystrokes;
  readonly ask: () => Promise<boolean>;
}

function countOf(list: CompletionList | readonly unknown[] | null): number {
  if (list === null) return 0;
  return 'items' in list ? list.items.length : list.length;
}

function placeAt(document: OpenDocument, offset: number): TextDocumentPositionParams {
  return { textDocument: { uri: document.uri }, position: document.position(offset) };
}
