import type { MakeCases, Planted } from '../case.ts';

/**
 * Every way that we know to name a file outside of the project, in `data`. What they name exists and could be read.
 */
export const pathCases: MakeCases = ({ project, outside }) => {
  const name = project.slice(project.lastIndexOf('/') + 1);
  return [
    sources('escapes', 'data-outside', {
      up: '../outside/secret.csv',
      up_from_folder: 'deep/../../outside/secret.csv',
      up_and_back: `../${name}/../outside/secret.csv`,
      up_by_dots: './././../outside/secret.csv',
      up_to_the_top: `${'../'.repeat(60)}etc/passwd`,
      backslash: '..\\outside\\secret.csv',
      mixed: '..\\outside/secret.csv',
      absolute: `${outside}/secret.csv`,
      absolute_windows: 'C:\\outside\\secret.csv',
      relative_to_drive: 'C:outside/secret.csv',
      share: '\\\\server\\share\\secret.csv',
      device: '/dev/stdin',
      url_http: 'http://127.0.0.1:9/secret.csv',
      url_https: 'HTTPS://127.0.0.1:9/secret.csv',
      url_s3: 's3://bucket/secret.csv',
      url_httpfs: 'httpfs://127.0.0.1:9/secret.csv',
      url_file: `file://${outside}/secret.csv`,
      url_file_short: `file:${outside}/secret.csv`,
      url_other: 'hf://datasets/secret.csv',
      glob_up: '../outside/*.csv',
      glob_up_later: 'deep/*/../../../outside/*.csv',
      link_to_file: 'planted/file.csv',
      link_in_chain: 'planted/chain.csv',
      link_to_folder: 'planted/folder/secret.csv',
      link_by_glob: 'planted/*.csv',
      link_to_device: 'planted/zero.csv',
      nothing_behind_link: 'planted/folder/secert.csv',
      folder_behind_link: 'planted/folder/deeper/secret.csv',
      glob_behind_link: 'planted/folder/*.csv',
      link_as_folder: 'planted/folder',
    }),
    {
      ...sources('lookalikes', 'data-missing', {
        encoded: '%2e%2e/outside/secret.csv',
        encoded_slash: '..%2foutside%2fsecret.csv',
        home: '~/secret.csv',
        variable: '$HOME/secret.csv',
        braces_up: '{..,deep}/outside/secret.csv',
        brackets_up: '[.][.]/outside/secret.csv',
        dots_full_width: '．．/outside/secret.csv',
        command: 'planted/$(touch made).csv',
        piped: 'cat ../outside/secret.csv |',
        link_to_itself: 'planted/circle.csv',
        not_a_function: "read_csv('../outside/secret.csv')",
      }),
      links: {
        'planted/file.csv': `${outside}/secret.csv`,
        'planted/chain.csv': 'chain-1.csv',
        'planted/chain-1.csv': '../planted/chain-2.csv',
        'planted/chain-2.csv': '../../outside/secret.csv',
        'planted/folder': outside,
        'planted/zero.csv': '/dev/zero',
        'planted/circle.csv': 'circle.csv',
      },
    },
    {
      title: 'files of definitions that are links out of the project',
      files: {},
      links: {
        'linked.metrics.yaml': `${outside}/secret.metrics.yaml`,
        'device.metrics.yaml': '/dev/zero',
        'planted/.gitignore': `${outside}/gitignore`,
      },
      problems: [
        { code: 'file-unreadable', file: 'linked.metrics.yaml', line: 1 },
        { code: 'file-unreadable', file: 'device.metrics.yaml', line: 1 },
      ],
    },
  ];
};

/** A metrics file of sources whose data stand at these paths, each of which has one problem there. */
function sources(title: string, code: string, paths: Readonly<Record<string, string>>): Planted {
  const file = `${title}.metrics.yaml`;
  const entries = Object.entries(paths).map(([name, path]) => [name, JSON.stringify(path)] as const);
  const lines = entries.map(([name, path]) => `  ${name}: { data: ${path} }`);
  const metrics = entries.map(([name]) => `  of_${name}: { type: count, source: ${name} }`);
  return {
    title: `${title} in data`,
    files: { [file]: `plumbline: 1\nsources:\n${lines.join('\n')}\nmetrics:\n${metrics.join('\n')}\n` },
    problems: entries.map(([name]) => ({ code, file, line: `  ${name}: ` })),
    refused: entries.map(([name]) => `of_${name}`),
  };
}
