import { Argument, type Command } from 'commander';
import { completeWords, completionText } from '../completion/complete-words.ts';
import { projectNames } from '../completion/project-names.ts';
import { scripts } from '../completion/scripts.ts';
import { EXIT } from '../exit-code.ts';
import type { CommandEntry } from './command.ts';

const EXAMPLES = `
Examples:
  eval "$(plumbline completion bash)"                                            in ~/.bashrc
  eval "$(plumbline completion zsh)"                                             in ~/.zshrc, behind compinit
  plumbline completion fish > ~/.config/fish/completions/plumbline.fish

Commands, options, formats, grains, rules and schemas complete, and of the project in the working folder, or the one
that --project names, its metrics and segments. The files of the project are read on each Tab, and its data are not.`;

/** `plumbline completion <shell>`: a script that makes a shell complete our words. */
export const completion: CommandEntry = {
  register(program: Command, host, end) {
    program
      .command('completion')
      .summary('print a script that completes words in a shell')
      .description(
        'Prints the script with which a shell completes commands, options and the names of a project.',
      )
      .addArgument(new Argument('<shell>', 'for which shell').choices(Object.keys(scripts)))
      .addHelpText('after', EXAMPLES)
      .action((shell: keyof typeof scripts) => {
        host.stdout.write(scripts[shell]);
        end(EXIT.clean);
      });
  },
};

/** `plumbline complete -- <words…>`: what those scripts ask. Whatever is wrong, it says nothing: somebody is typing. */
export const complete: CommandEntry = {
  register(program: Command, host, end) {
    program
      .command('complete', { hidden: true })
      .argument('[words...]')
      .action(async (words: readonly string[]) => {
        const names = projectNames(host, new Date().getUTCFullYear());
        try {
          host.stdout.write(completionText(await completeWords(program, words, names)));
        } catch {
          // A folder that is not there, say: there is nothing to complete.
        }
        end(EXIT.clean);
      });
  },
};
