import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { env, extensions } from 'vscode';

/** What is used here of `vscode-textmate`, which comes with the editor. */
interface Textmate {
  readonly INITIAL: State;
  parseRawGrammar(text: string, path: string): unknown;
  readonly Registry: new (options: {
    readonly onigLib: Promise<unknown>;
    readonly loadGrammar: (scope: string) => Promise<unknown>;
  }) => { loadGrammar(scope: string): Promise<Grammar> };
}

type State = { readonly clone?: unknown };

interface Grammar {
  tokenizeLine(
    line: string,
    state: State,
  ): {
    readonly tokens: readonly {
      readonly startIndex: number;
      readonly endIndex: number;
      readonly scopes: readonly string[];
    }[];
    readonly ruleStack: State;
  };
}

interface Oniguruma {
  loadWASM(wasm: ArrayBufferLike): Promise<void>;
  readonly OnigScanner: new (patterns: readonly string[]) => unknown;
  readonly OnigString: new (text: string) => unknown;
}

const ROOT = 'source.plumbline-metrics';

/** The grammar, run by the editor's own tokenizer. */
async function loadGrammar(): Promise<{ readonly textmate: Textmate; readonly grammar: Grammar }> {
  const modules = ['node_modules', 'node_modules.asar']
    .map((name) => join(env.appRoot, name))
    .find((folder) => existsSync(join(folder, 'vscode-textmate')));
  assert.ok(modules, 'the editor brings its tokenizer');
  const load = createRequire(join(modules, 'index.js'));
  const textmate: Textmate = load('vscode-textmate');
  const oniguruma: Oniguruma = load('vscode-oniguruma');
  const wasm = readFileSync(join(modules, 'vscode-oniguruma', 'release', 'onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: readonly string[]) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text: string) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      assert.equal(scope, ROOT);
      const path = join(
        extensions.getExtension('plumbline.plumbline')?.extensionPath ?? '',
        'client/syntaxes/plumbline-metrics.tmLanguage.json',
      );
      return textmate.parseRawGrammar(readFileSync(path, 'utf8'), path);
    },
  });
  return { textmate, grammar: await registry.loadGrammar(ROOT) };
}

describe('the grammar, in the tokenizer of the editor', () => {
  let scopesOf: (text: string) => readonly (readonly [text: string, scope: string])[];

  before(async () => {
    const { textmate, grammar } = await loadGrammar();
    scopesOf = (text) => {
      let state = textmate.INITIAL;
      return text.split('\n').flatMap((line) => {
        const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
        state = ruleStack;
        return tokens
          .map(
            ({ startIndex, endIndex, scopes }) =>
              [line.slice(startIndex, endIndex).trim(), scopes.at(-1) ?? ''] as const,
          )
          .filter(([token]) => token !== '');
      });
    };
  });

  /** Each word of the first column has the scope of the second: its beginning will do. */
  function assertScopes(text: string, wanted: Readonly<Record<string, string>>): void {
    const found = scopesOf(text);
    for (const [word, scope] of Object.entries(wanted)) {
      const [, own = 'no token'] = found.find(([token]) => token === word) ?? [];
      assert.ok(own.startsWith(scope), `${word}: ${own}, not ${scope}`);
    }
  }

  const EXPRESSION = {
    plan: 'variable.other.property',
    in: 'keyword.operator.logical',
    "'free'": 'string.quoted.single',
    and: 'keyword.operator.logical',
    lower: 'support.function',
    '>=': 'keyword.operator',
    '50': 'constant.numeric',
    date: 'storage.type.date',
  };
  const WRITTEN =
    "plan in ('free', 'team') and lower(name) <> 'x' and seats >= 50 and at > date '2025-01-31'";

  for (const [where, text] of Object.entries({
    'behind a key': `    where: ${WRITTEN}  # why`,
    'in a list': `    where:\n      - ${WRITTEN}\n    label: x`,
    'in double quotes': `    where: "${WRITTEN}"`,
    'in braces and double quotes': `  m: { type: count, where: "${WRITTEN}", label: x }`,
    'in a list in brackets': `    where: [not is_test, "${WRITTEN}"]`,
    'on several lines': `    where: >-\n      ${WRITTEN.replaceAll(' and ', '\n      and ')}\n    label: x`,
    'of a group': `    groups:\n      small: ${WRITTEN}`,
  }))
    it(`colours an expression ${where}`, () => assertScopes(text, EXPRESSION));

  it('goes on as YAML behind an expression', () => {
    assertScopes('    where:\n      - a > 1\n    label: plan and seats # x', {
      label: 'entity.name.tag',
      'plan and seats': 'string.unquoted.plain',
      '#': 'punctuation.definition.comment',
    });
    assertScopes('  m: { value: a + b, label: a + c }', { 'a + c': 'string.unquoted.plain' });
  });

  it('leaves prose alone, whatever it holds', () => {
    for (const text of [
      '    description: >-\n      some where: a and b\n      # no comment',
      "    why: It's the value: of 'all' and more",
      '    why: "where: a and b"',
    ])
      assert.deepEqual(
        scopesOf(text).filter(
          ([, scope]) => scope.startsWith('keyword.operator') || scope.startsWith('variable'),
        ),
        [],
        text,
      );
  });

  it('comes to itself at the next section behind what is half typed', () => {
    for (const half of [
      '  m: { type: nps, value: lower(a',
      "  m:\n    where: plan in ('a",
      '  m:\n    label: "x',
    ])
      assertScopes(`metrics:\n${half}\ntargets:\n  t:\n    due: 2025-Q4`, {
        targets: 'entity.name.tag',
        '2025-Q4': 'constant.other.timestamp',
      });
  });
});
