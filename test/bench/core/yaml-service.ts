import { readFileSync } from 'node:fs';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { getLanguageService } from 'yaml-language-server';

/** Validates a text as `yaml-language-server` does, and gives the number of problems. */
export type ValidateYaml = (path: string, text: string) => Promise<number>;

/**
 * The language service of `yaml-language-server` in this process, with our schema for metrics files.
 *
 * @param schema path of the schema
 */
export function yamlService(schema: string): ValidateYaml {
  const service = getLanguageService({
    schemaRequestService: async (uri) => {
      throw new Error(`Nothing is fetched: ${uri}`);
    },
    workspaceContext: { resolveRelativePath: (path) => path },
  });
  service.configure({
    validate: true,
    schemas: [
      {
        uri: 'plumbline://metrics.schema.json',
        fileMatch: ['*.metrics.yaml'],
        schema: JSON.parse(readFileSync(schema, 'utf8')),
      },
    ],
  });
  let version = 0;
  return async (path, text) => {
    version += 1;
    const document = TextDocument.create(`file://${path}`, 'yaml', version, text);
    return (await service.doValidation(document, false)).length;
  };
}
