/** What a report on the extension is made of. Nothing in it comes from the data or the definitions but numbers. */
export interface Report {
  /** By what they are of, such as `VS Code`. */
  readonly versions: Readonly<Record<string, string>>;
  readonly server: { readonly phase: string; readonly engine: string; readonly reason: string | null };
  readonly trusted: boolean;
  /** Paths of folders of this machine that are told of nowhere, whatever characters they have. */
  readonly places: readonly string[];
  /** Settings that are not as they come. Texts are not told, only that they are set. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly projects: readonly ProjectReport[];
}

export interface ProjectReport {
  /** Path or URI of its folder, of which the last part is told. */
  readonly folder: string;
  /** How many there are, by what they are, such as `metrics`. */
  readonly definitions: Readonly<Record<string, number>>;
  /** How many problems there are, by code. */
  readonly problems: Readonly<Record<string, number>>;
}

/**
 * The report as Markdown, to be pasted into an issue. It holds no values of data, no names of definitions or columns, and of paths the
 * last part only.
 */
export function reportText({ versions, server, trusted, places, settings, projects }: Report): string {
  return [
    '# Plumbline: diagnostics',
    'This report holds versions, settings and counts, and what the folders of projects are called. It holds no data, no names of metrics or columns, and no paths. Read it before you send it.',
    '## Versions',
    table(['of', 'version'], Object.entries(versions)),
    '## State',
    table(
      ['what', 'state'],
      [
        ['server', server.phase],
        ['engine', server.engine],
        ...(server.reason === null ? [] : [['reason', withoutPaths(server.reason, places)]]),
        ['workspace trusted', trusted ? 'yes' : 'no'],
      ],
    ),
    '## Settings that are not the default',
    Object.keys(settings).length === 0
      ? 'None.'
      : table(
          ['setting', 'value'],
          Object.entries(settings).map(([name, value]) => [`\`${name}\``, settingText(value)]),
        ),
    '## Projects',
    projects.length === 0 ? 'None.' : projects.map(projectText).join('\n\n'),
    '',
  ].join('\n\n');
}

function projectText({ folder, definitions, problems }: ProjectReport): string {
  return [
    `### ${cell(lastPart(folder))}`,
    table(['definitions', 'count'], entriesOf(definitions)),
    Object.keys(problems).length === 0 ? 'No problems.' : table(['problem', 'count'], entriesOf(problems)),
  ].join('\n\n');
}

function entriesOf(counts: Readonly<Record<string, number>>): string[][] {
  return Object.entries(counts).map(([name, count]) => [name, String(count)]);
}

/** The last part of a path or URI. */
export function lastPart(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}

/**
 * A text in which paths and URIs are cut to their last part: what stands before it tells who works where.
 *
 * @param places paths of folders that are known: where one has a blank in it, nothing else tells where it ends
 */
export function withoutPaths(text: string, places: readonly string[] = []): string {
  const known = [...places].filter((place) => place.length > 1).sort((a, b) => b.length - a.length);
  return known
    .reduce((rest, place) => rest.replaceAll(place, '…'), text)
    .replaceAll(/(?:[a-z][\w+.-]*:\/\/|[A-Za-z]:\\|\\\\)[^\s"'`)]+/g, (path) => `…/${lastPart(path)}`)
    .replaceAll(/(?<![\w.…@-])~?(?:\/[^\s/"'`):]+){2,}\/?/g, (path) => `…/${lastPart(path)}`);
}

/** A text may be anything, so that it is not told. */
function settingText(value: unknown): string {
  return typeof value === 'boolean' || typeof value === 'number' ? String(value) : '(set)';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

function cell(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ').replaceAll('|', '\\|');
}
