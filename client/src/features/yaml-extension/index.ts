import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  commands,
  Disposable,
  extensions,
  l10n,
  languages,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import type { LanguageServer } from '../../language-server.ts';
import { isOurs, METRICS, PROJECT } from '../../our-documents.ts';
import type { ClientFeature } from '../feature.ts';
import { fileOf, SCHEME, schemaFor } from './schemas.ts';

/** The YAML extension of Red Hat. */
const YAML_EXTENSION = 'redhat.vscode-yaml';

/** What that extension gives to others: https://github.com/redhat-developer/vscode-yaml/wiki/Extension-API. */
interface YamlApi {
  registerContributor(
    scheme: string,
    requestSchema: (resource: string) => string | undefined,
    requestSchemaContent: (uri: string) => string | undefined,
    label?: string,
  ): boolean;
}

/**
 * Lends our schemas to the YAML extension while our server does not run. That extension looks at documents whose language is YAML, and ours
 * have languages of their own, so that no problem is ever shown twice; a command makes the opened ones YAML, and they are ours again as soon
 * as the server runs.
 */
export const yamlExtension: ClientFeature = ({ extension, server, log }) => {
  const lent = new Set<string>();
  let registered = false;
  const register = async (): Promise<void> => {
    const found = extensions.getExtension<YamlApi>(YAML_EXTENSION);
    if (registered || found === undefined) return;
    registered = true;
    const api = await found.activate();
    api.registerContributor(
      SCHEME,
      (resource) => (server.running ? undefined : schemaFor(resource)),
      (uri) => contentOf(extension.extensionPath, uri),
      'Plumbline',
    );
  };
  return Disposable.from(
    commands.registerCommand('plumbline.checkAsYaml', async () => {
      if (!(await canLend(server))) return;
      await register();
      for (const document of workspace.textDocuments.filter(isOurs)) {
        lent.add(document.uri.toString());
        await languages.setTextDocumentLanguage(document, 'yaml');
      }
    }),
    server.onState(() => {
      if (!server.running) return;
      takeBack(lent).catch((error: unknown) => log.error(`A document stays YAML: ${String(error)}`));
    }),
  );
};

/** Whether the YAML extension may look at our documents; says why where it may not. */
async function canLend(server: LanguageServer): Promise<boolean> {
  if (server.running) {
    await window.showInformationMessage(
      l10n.t('The language server of Plumbline runs and checks these files already.'),
    );
    return false;
  }
  if (extensions.getExtension(YAML_EXTENSION) !== undefined) return true;
  const find = l10n.t('Show Extension');
  const chosen = await window.showInformationMessage(
    l10n.t(
      'These files are not on a disk that Plumbline can read. Keys and values can be checked by the YAML extension of Red Hat, which is not installed.',
    ),
    find,
  );
  if (chosen === find) await commands.executeCommand('extension.open', YAML_EXTENSION);
  return false;
}

async function takeBack(lent: Set<string>): Promise<void> {
  const isLent = ({ uri, languageId }: TextDocument): boolean =>
    languageId === 'yaml' && lent.has(uri.toString());
  const documents = workspace.textDocuments.filter(isLent);
  lent.clear();
  for (const document of documents) {
    const language = document.uri.path.endsWith('/plumbline.yaml') ? PROJECT : METRICS;
    await languages.setTextDocumentLanguage(document, language);
  }
}

function contentOf(extensionPath: string, uri: string): string | undefined {
  const file = fileOf(uri);
  return file === undefined ? undefined : readFileSync(join(extensionPath, 'schemas', file), 'utf8');
}
