import { readFileSync } from 'node:fs';

/** What the tests read of `package.json`. */
export interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly default: unknown; readonly scope: string }>>;
    };
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
      readonly enablement?: string;
    }[];
    readonly problemMatchers: readonly [
      { readonly pattern: readonly (Readonly<Record<string, unknown>> & { readonly regexp: string })[] },
    ];
    readonly snippets: readonly { readonly path: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly id: string;
        readonly description: string;
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string }[]>>;
  };
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: unknown;
      readonly restrictedConfigurations: readonly string[];
    };
    readonly virtualWorkspaces: { readonly supported: unknown };
  };
}

/** The manifest of the extension. */
export function manifest(): Manifest {
  return JSON.parse(readFileSync('package.json', 'utf8'));
}

/** The texts of the manifest by key, without the `%` around it. */
export function manifestTexts(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync('package.nls.json', 'utf8'));
}

/** A text of the manifest as people see it. */
export function shownText(text: string): string {
  return text.replace(/^%(.+)%$/, (_, key: string) => manifestTexts()[key] ?? text);
}
