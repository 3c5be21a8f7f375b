import { Argument, type Command } from 'commander';
import { schemas } from '../../core/schema/schemas.ts';
import { EXIT } from '../exit-code.ts';
import { jsonText } from '../json-text.ts';
import type { CommandEntry } from './command.ts';

const EXAMPLES = `
Examples:
  plumbline schema                     the JSON Schema of *.metrics.yaml
  plumbline schema project             that of plumbline.yaml
  plumbline schema result              that of "plumbline eval --format json"
  plumbline schema diff                that of "plumbline diff --format json"
  plumbline schema > metrics.schema.json

For an editor without the language server, put a line like this at the top of a metrics file:
  # yaml-language-server: $schema=./metrics.schema.json`;

/** `plumbline schema [which]`: the JSON Schemas, for other tools. */
export const schema: CommandEntry = {
  register(program: Command, host, end) {
    program
      .command('schema')
      .summary('print a JSON Schema')
      .description(
        'Prints the JSON Schema (draft 2020-12) of metrics files, of the project file, of results, or of comparisons.',
      )
      .addArgument(new Argument('[which]', 'of what').choices(Object.keys(schemas)).default('metrics'))
      .addHelpText('after', EXAMPLES)
      .action((which: keyof typeof schemas) => {
        host.stdout.write(jsonText(schemas[which]));
        end(EXIT.clean);
      });
  },
};
