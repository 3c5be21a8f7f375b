import {
  type Command,
  l10n,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
} from 'vscode';
import type { ChangeContent, ChangeRow, Definition, Heading, Metric } from './change-rows.ts';
import { asMarkdown, oneLine, plainText } from './plain-text.ts';

/** What a row shows. */
interface Look {
  readonly label: string;
  readonly description?: string;
  readonly icon: ThemeIcon;
  /** What a screen reader says of it. */
  readonly spoken: string;
}

/** A row as the editor shows it. */
export function changeItem({ id, content, children }: ChangeRow, command: Command | undefined): TreeItem {
  const look = lookOf(content);
  const item = new TreeItem(look.label, stateOf(content, children.length));
  item.id = id;
  item.iconPath = look.icon;
  if (look.description !== undefined) item.description = look.description;
  item.accessibilityInformation = { label: look.spoken };
  item.contextValue = contextOf(content);
  item.tooltip = tooltipOf(content, look);
  if (command !== undefined) item.command = command;
  return item;
}

function stateOf({ kind }: ChangeContent, children: number): TreeItemCollapsibleState {
  if (children === 0) return TreeItemCollapsibleState.None;
  return kind === 'heading' ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

/** By which menus know what can be done with a row: `metric.before.after` has a definition in both versions. */
function contextOf(content: ChangeContent): string {
  if (content.kind !== 'metric' && content.kind !== 'definition') return content.kind;
  const { at } = content.item;
  return [content.kind, ...(at.before ? ['before'] : []), ...(at.after ? ['after'] : [])].join('.');
}

function lookOf(content: ChangeContent): Look {
  switch (content.kind) {
    case 'metric':
      return metricLook(content.item);
    case 'definition':
      return definitionLook(content.item);
    case 'heading': {
      const label = headingWords(content.heading);
      return {
        label,
        description: String(content.count),
        icon: new ThemeIcon(HEADING_ICONS[content.heading]),
        spoken: `${label}, ${content.count}`,
      };
    }
    case 'target':
      return line(content.text, 'target', l10n.t('Target: {0}', content.text));
    case 'why':
      return line(content.text, 'edit', l10n.t('Why: {0}', content.text));
    case 'effect':
      return line(content.text, 'graph-line', l10n.t('Effect: {0}', content.text));
    case 'example':
      return {
        ...line(content.text, 'error', l10n.t('Fails now: {0}', content.text)),
        icon: new ThemeIcon('error', new ThemeColor('list.errorForeground')),
      };
    case 'note':
      return line(content.text, 'info', l10n.t('Note: {0}', content.text));
  }
}

function line(label: string, icon: string, spoken: string): Look {
  return { label, icon: new ThemeIcon(icon), spoken };
}

const HEADING_ICONS: Readonly<Record<Heading, string>> = {
  targets: 'target',
  others: 'list-flat',
  examples: 'beaker',
  notes: 'info',
};

function headingWords(heading: Heading): string {
  switch (heading) {
    case 'targets':
      return l10n.t('Targets');
    case 'others':
      return l10n.t('Other Definitions');
    case 'examples':
      return l10n.t('Examples That Now Fail');
    case 'notes':
      return l10n.t('Notes');
  }
}

function metricLook(item: Metric): Look {
  const label = oneLine(item.label);
  const value = valueWords(item);
  const marks = marksOf(item);
  return {
    label,
    description: [...value, ...marks].join(' · '),
    icon: iconOf(item),
    spoken: [
      l10n.t('Metric {0}', label),
      ...spokenValue(item),
      ...(item.unmeant === null ? [] : [l10n.t('moved although its text is unchanged')]),
      ...marks,
      ...classWords(item),
    ].join(', '),
  };
}

/** `€260.00 → €220.00, -€40.00`; and where nobody changed its text that it moved all the same. */
function valueWords({ headline, moved, compared, unmeant: told }: Metric): readonly string[] {
  const isUnmeant = told !== null;
  const unmeant = isUnmeant ? [l10n.t('moved, text unchanged')] : [];
  if (headline === null) return unmeant;
  const { before, after, change, isMoved } = headline;
  if (isMoved)
    return [change === null ? `${before} → ${after}` : `${before} → ${after}, ${change}`, ...unmeant];
  if (moved === 0) return [l10n.t('{0}, as before', after)];
  const some = isUnmeant
    ? l10n.t('{0} of {1} values moved, text unchanged', moved, compared)
    : l10n.t('{0} of {1} values moved', moved, compared);
  return [some, l10n.t('{0}, as before', after)];
}

function spokenValue({ headline, moved, compared }: Metric): readonly string[] {
  if (headline === null) return [];
  const { period, before, after, change, isMoved } = headline;
  if (!isMoved) {
    return moved === 0
      ? [l10n.t('{0} in {1}, as before', after, period)]
      : [l10n.t('{0} in {1}, as before', after, period), l10n.t('{0} of {1} values moved', moved, compared)];
  }
  return [
    change === null
      ? l10n.t('{0} before, {1} now, in {2}', before, after, period)
      : l10n.t('{0} before, {1} now, in {2}, a change of {3}', before, after, period, change),
  ];
}

/** What came, went, or has another name. */
function marksOf({ at, ...item }: Definition & Partial<Pick<Metric, 'was' | 'name'>>): readonly string[] {
  if (at.before === null && at.after !== null) return [l10n.t('new')];
  if (at.before !== null && at.after === null) return [l10n.t('removed')];
  const { was, name } = item;
  return was !== undefined && was !== null && was !== name ? [l10n.t('was called {0}', oneLine(was))] : [];
}

/** What a change does to those who read the metric, where that is worth a word. */
function classWords({ class: of }: Definition): readonly string[] {
  switch (of) {
    case 'breaking':
      return [l10n.t('breaking')];
    case 'values':
      return [l10n.t('can change values')];
    case 'targets':
      return [l10n.t('moves a goal')];
    case 'cosmetic':
      return [];
  }
}

/** Whatever nobody meant comes first, then what came or went, then how grave it is. The form says it as well as the colour. */
function iconOf({ unmeant = null, ...item }: Definition & { readonly unmeant?: string | null }): ThemeIcon {
  if (unmeant !== null) return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  const { before, after } = item.at;
  if (before === null && after !== null)
    return new ThemeIcon('diff-added', new ThemeColor('gitDecoration.addedResourceForeground'));
  if (before !== null && after === null)
    return new ThemeIcon('diff-removed', new ThemeColor('gitDecoration.deletedResourceForeground'));
  switch (item.class) {
    case 'breaking':
      return new ThemeIcon('report', new ThemeColor('list.errorForeground'));
    case 'values':
      return new ThemeIcon('diff-modified', new ThemeColor('gitDecoration.modifiedResourceForeground'));
    case 'targets':
      return new ThemeIcon('target');
    case 'cosmetic':
      return new ThemeIcon('edit');
  }
}

function definitionLook(item: Definition): Look {
  const { kind, name } = item.subject;
  const label = oneLine(name);
  const marks = [kindWords(kind), ...marksOf(item)];
  return {
    label,
    description: marks.join(' · '),
    icon: iconOf(item),
    spoken: [`${kindWords(kind)} ${label}`, ...marks.slice(1), ...classWords(item)].join(', '),
  };
}

function kindWords(kind: Definition['subject']['kind']): string {
  switch (kind) {
    case 'metric':
      return l10n.t('metric');
    case 'source':
      return l10n.t('source');
    case 'segment':
      return l10n.t('segment');
    case 'target':
      return l10n.t('target');
    case 'journey':
      return l10n.t('journey');
    case 'settings':
      return l10n.t('settings');
  }
}

/** All of it in words. It is text of strangers: none of it is read as Markdown. */
function tooltipOf(content: ChangeContent, look: Look): MarkdownString {
  const paragraphs = [asMarkdown(look.label)];
  if (content.kind === 'metric' || content.kind === 'definition') {
    const { item } = content;
    const said = content.kind === 'metric' ? spokenValue(content.item) : [];
    paragraphs.push([...said, ...marksOf(item), ...classWords(item)].map(asMarkdown).join(' · '));
    if (content.kind === 'metric' && content.item.unmeant !== null)
      paragraphs.push(asMarkdown(content.item.unmeant));
    paragraphs.push(list(l10n.t('Why'), item.changes.map(plainText)));
    if (content.kind === 'metric')
      paragraphs.push(list(l10n.t('Effect'), content.item.effects.map(plainText)));
  }
  return new MarkdownString(paragraphs.filter((each) => each !== '').join('\n\n'));
}

function list(title: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  return [`${title}\n`, ...items.map((item) => `- ${asMarkdown(item)}`)].join('\n');
}
