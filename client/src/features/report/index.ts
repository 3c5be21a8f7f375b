import { arch, homedir, platform, release } from 'node:os';
import {
  type ConfigurationScope,
  commands,
  type ExtensionContext,
  env,
  l10n,
  languages,
  ProgressLocation,
  Uri,
  version,
  window,
  workspace,
} from 'vscode';
import {
  type ProjectSummary,
  projectsRequest,
  projectTreeRequest,
  type ServerState,
} from '../../../../server/src/protocol/index.ts';
import type { LanguageServer } from '../../language-server.ts';
import { pathInside } from '../../path-inside.ts';
import type { ClientContext, ClientFeature } from '../feature.ts';
import { type ProjectReport, type Report, reportText } from './report-text.ts';

/** The command that writes down what whoever mends a defect asks first. The report is a new document: nothing is sent anywhere. */
export const report: ClientFeature = (context) =>
  commands.registerCommand('plumbline.collectDiagnostics', async () => {
    const collected = await window.withProgress(
      { location: ProgressLocation.Window, title: l10n.t('Collecting diagnostics') },
      () => collect(context),
    );
    const document = await workspace.openTextDocument({
      language: 'markdown',
      content: reportText(collected),
    });
    await window.showTextDocument(document);
  });

async function collect({ extension, server, log }: ClientContext): Promise<Report> {
  const state = await stateOf(server).catch((error: unknown) => {
    log.warn(`The server does not say how it is doing: ${String(error)}`);
    return undefined;
  });
  const projects = (state?.projects ?? []).map((project) => projectReport(server, project));
  return {
    versions: {
      Plumbline: String(extension.extension.packageJSON.version),
      'VS Code': `${version} (${env.appHost}${env.remoteName === undefined ? '' : ', remote'})`,
      'operating system': `${platform()} ${release()} ${arch()}`,
      'Node of the extension host': process.versions.node,
      ...Object.fromEntries(Object.entries(state?.versions ?? {}).map(([of, own]) => [`server: ${of}`, own])),
    },
    server: {
      phase: server.phase,
      engine: state?.engine ?? 'not known',
      reason: state?.reason ?? null,
    },
    trusted: workspace.isTrusted,
    places: [
      homedir(),
      extension.extensionPath,
      ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
    ],
    settings: settingsThatDiffer(extension),
    projects: await Promise.all(projects),
  };
}

async function stateOf(server: LanguageServer): Promise<ServerState | undefined> {
  return server.running ? server.request(projectsRequest, null) : undefined;
}

async function projectReport(
  server: LanguageServer,
  { uri, folder }: ProjectSummary,
): Promise<ProjectReport> {
  const tree = await server.request(projectTreeRequest, { textDocument: { uri } });
  const { sources = [], segments = [], metrics = [], targets = [], journeys = [] } = tree ?? {};
  const root = Uri.parse(folder).path;
  const codes = languages
    .getDiagnostics()
    .filter(([{ path }]) => pathInside(root, path) !== undefined)
    .flatMap(([, problems]) => problems.filter(({ source }) => source === 'plumbline'))
    .map(({ code }) => String(typeof code === 'object' ? code.value : code));
  return {
    folder,
    definitions: {
      sources: sources.length,
      segments: segments.length,
      metrics: metrics.length,
      targets: targets.length,
      journeys: journeys.length,
    },
    problems: Object.fromEntries(
      [...new Set(codes)].sort().map((code) => [code, codes.filter((other) => other === code).length]),
    ),
  };
}

/** Our settings that somebody has set to something else, anywhere in the window. */
function settingsThatDiffer({ extension }: ExtensionContext): Readonly<Record<string, unknown>> {
  const scopes: readonly (ConfigurationScope | undefined)[] = [
    undefined,
    ...(workspace.workspaceFolders ?? []),
  ];
  const names = Object.keys(extension.packageJSON.contributes.configuration.properties);
  return Object.fromEntries(
    names.flatMap((name) => {
      const set = scopes
        .map((scope) => workspace.getConfiguration(undefined, scope))
        .map((settings) => ({ value: settings.get(name), usual: settings.inspect(name)?.defaultValue }))
        .find(({ value, usual }) => value !== usual);
      return set === undefined ? [] : [[name, set.value] as const];
    }),
  );
}
