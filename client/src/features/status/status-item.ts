import { l10n, MarkdownString, type StatusBarItem } from 'vscode';
import type { ProjectSummary, ServerState } from '../../../../server/src/protocol/index.ts';
import type { StatusLook } from './status-look.ts';

/** Commands that the tooltip offers. */
const OFFERED = [
  'workbench.actions.view.problems',
  'workbench.trust.manage',
  'plumbline.restartServer',
  'plumbline.showLog',
];

/** Shows a status in an item of the status bar. */
export function showStatus(item: StatusBarItem, look: StatusLook, state: ServerState | undefined): void {
  item.text = look.text;
  item.command = look.command;
  item.backgroundColor = look.background;
  item.tooltip = tooltip(look, state);
  item.accessibilityInformation = { label: l10n.t('Plumbline: {0}', look.words), role: 'button' };
}

function tooltip({ words, command }: StatusLook, state: ServerState | undefined): MarkdownString {
  const text = new MarkdownString('', true);
  text.isTrusted = { enabledCommands: OFFERED };
  text.appendText(words);
  for (const project of state?.projects ?? []) {
    text.appendMarkdown('\n\n');
    // Names are people's own text, and never read as Markdown.
    text.appendText(projectLine(project));
  }
  text.appendMarkdown('\n\n---\n\n');
  const links = [
    command === 'workbench.trust.manage' && link(l10n.t('Manage Trust'), command),
    link(l10n.t('Open Problems'), 'workbench.actions.view.problems'),
    link(l10n.t('Restart Server'), 'plumbline.restartServer'),
    link(l10n.t('Show Log'), 'plumbline.showLog'),
  ];
  text.appendMarkdown(links.filter((each) => each !== false).join(' · '));
  return text;
}

function projectLine({ name, errors, warnings, busy }: ProjectSummary): string {
  const parts = [
    errors === 1 ? l10n.t('1 error') : errors > 1 ? l10n.t('{0} errors', errors) : '',
    warnings === 1 ? l10n.t('1 warning') : warnings > 1 ? l10n.t('{0} warnings', warnings) : '',
    busy ? l10n.t('computing') : '',
  ].filter((part) => part !== '');
  return `${name}: ${parts.length === 0 ? l10n.t('no problems') : parts.join(', ')}`;
}

function link(words: string, command: string): string {
  return `[${words}](command:${command})`;
}
