import type { Command } from 'commander';
import { EXIT, UsageError } from '../exit-code.ts';
import type { CommandEntry } from './command.ts';

const EXAMPLES = `
Examples:
  plumbline lsp --stdio       what an editor starts, to speak the Language Server Protocol with it

In Neovim:
  vim.lsp.start({ name = 'plumbline', cmd = { 'plumbline', 'lsp', '--stdio' } })

Ends with 0 where the editor asked for the end, 1 where it was gone without asking.`;

/** `plumbline lsp --stdio`: the language server, in this process. */
export const lsp: CommandEntry = {
  register(program: Command, host, end) {
    program
      .command('lsp')
      .summary('start the language server for an editor')
      .description('Starts the language server: problems, values and help while you type.')
      .option('--stdio', 'speak over standard input and output')
      // Editors pass options of their own, such as --clientProcessId.
      .allowUnknownOption()
      .allowExcessArguments()
      .addHelpText('after', EXAMPLES)
      .action(({ stdio }: { readonly stdio?: boolean }) => {
        if (stdio !== true)
          throw new UsageError('The language server is started by an editor: pass --stdio.');
        // From here on the server has the process, and ends it.
        host.startServer();
        end(EXIT.clean);
      });
  },
};
