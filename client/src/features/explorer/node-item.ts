import {
  type Command,
  l10n,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  type Uri,
} from 'vscode';
import type { Content, Grouping, Node, Section } from './tree-nodes.ts';

type TargetStatus = NonNullable<Extract<Content, { kind: 'target' }>['item']['status']>;

/** What a row shows. */
interface Look {
  readonly label: string;
  readonly description?: string;
  readonly icon: ThemeIcon;
  /** What a screen reader says of it. */
  readonly spoken: string;
}

/** A row as the editor shows it. Its tooltip comes later, when somebody points at it. */
export function nodeItem(node: Node, command: Command | undefined): TreeItem {
  const { content, children } = node;
  const look = lookOf(content);
  const item = new TreeItem(look.label, stateOf(node));
  item.id = node.id;
  item.iconPath = look.icon;
  if (look.description !== undefined) item.description = look.description;
  item.accessibilityInformation = { label: look.spoken };
  item.contextValue =
    children.length > 0 && content.kind !== 'journey' ? content.kind : `item.${content.kind}`;
  if (command !== undefined) item.command = command;
  return item;
}

/** Opens the text at the name of a definition. */
export function openCommand(uri: Uri, selection: unknown): Command {
  return {
    command: 'vscode.open',
    title: l10n.t('Open Definition'),
    arguments: [uri, { selection, preview: true }],
  };
}

/** How metrics are grouped, as people read it. */
export function groupingWords(groupBy: Grouping): string {
  switch (groupBy) {
    case 'stage':
      return l10n.t('by journey stage');
    case 'owner':
      return l10n.t('by owner');
    case 'file':
      return l10n.t('by file');
  }
}

function stateOf({ content, children }: Node): TreeItemCollapsibleState {
  if (children.length === 0) return TreeItemCollapsibleState.None;
  const opens =
    content.kind === 'project' ||
    (content.kind === 'section' && content.section === 'metrics') ||
    (content.kind === 'group' && content.count <= FEW);
  return opens ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

/** A group of more metrics than this is closed at first: what is open is computed. */
const FEW = 40;

function lookOf(content: Content): Look {
  switch (content.kind) {
    case 'project':
      return heading(content.name, 'root-folder', l10n.t('Project {0}', content.name));
    case 'section': {
      const label = sectionWords(content.section);
      const grouped = content.groupBy === null ? '' : ` ${groupingWords(content.groupBy)}`;
      const spoken = l10n.t('{0}, {1}{2}', label, content.count, grouped);
      return {
        ...heading(label, SECTION_ICONS[content.section], spoken),
        description: `${content.count}${grouped}`,
      };
    }
    case 'group': {
      const label = content.name ?? noneWords(content.groupBy);
      const spoken = l10n.t('{0}, {1} metrics', label, content.count);
      return { ...heading(label, GROUP_ICONS[content.groupBy], spoken), description: String(content.count) };
    }
    case 'part': {
      const label = l10n.t('{0} to {1}', content.first, content.last);
      return { ...heading(label, 'list-flat', label), description: String(content.count) };
    }
    case 'metric':
      return metricLook(content.item);
    case 'target':
      return targetLook(content.item);
    case 'segment': {
      const sources = content.item.sources.join(', ');
      return broken(
        content.item,
        'symbol-enum',
        sources,
        l10n.t('Segment {0} on {1}', content.item.label, sources),
      );
    }
    case 'source': {
      const data = content.item.data ?? l10n.t('union');
      return broken(content.item, 'database', data, l10n.t('Source {0}, {1}', content.item.label, data));
    }
    case 'journey': {
      const stages = l10n.t('{0} stages', content.count);
      return broken(content.item, 'map', stages, l10n.t('Journey {0}, {1}', content.item.label, stages));
    }
    case 'stage': {
      const { label, metrics } = content.item;
      const words = l10n.t('{0} metrics', metrics.length);
      return {
        label,
        icon: new ThemeIcon('milestone'),
        description: words,
        spoken: l10n.t('Stage {0}, {1}', label, words),
      };
    }
  }
}

function heading(label: string, icon: string, spoken: string): Look {
  return { label, icon: new ThemeIcon(icon), spoken };
}

const SECTION_ICONS: Readonly<Record<Section, string>> = {
  metrics: 'graph',
  segments: 'pie-chart',
  targets: 'target',
  sources: 'database',
  journeys: 'map',
};

const GROUP_ICONS: Readonly<Record<Grouping, string>> = {
  stage: 'milestone',
  owner: 'account',
  file: 'file',
};

function sectionWords(section: Section): string {
  switch (section) {
    case 'metrics':
      return l10n.t('Metrics');
    case 'segments':
      return l10n.t('Segments');
    case 'targets':
      return l10n.t('Targets');
    case 'sources':
      return l10n.t('Sources');
    case 'journeys':
      return l10n.t('Journeys');
  }
}

function noneWords(groupBy: Grouping): string {
  return groupBy === 'owner' ? l10n.t('Without an owner') : l10n.t('In no stage');
}

type MetricItem = Extract<Content, { kind: 'metric' }>['item'];

function metricLook(item: MetricItem): Look {
  const { label, headline, target, status } = item;
  const value = headline === null ? undefined : staleText(headline.text, headline.stale);
  const dated = headline === null || headline.period === 'all' ? value : `${value} · ${headline.period}`;
  const stand = target === null ? undefined : statusWords(target.status);
  const state = status === 'active' ? undefined : status === 'draft' ? l10n.t('draft') : l10n.t('deprecated');
  const shown = [dated, stand, state].filter((each) => each !== undefined);
  const spoken = [
    l10n.t('Metric {0}', label),
    headline === null
      ? l10n.t('no value yet')
      : headline.stale
        ? l10n.t('{0} in {1}, out of date', headline.text, headline.period)
        : l10n.t('{0} in {1}', headline.text, headline.period),
    ...(target === null ? [] : [l10n.t('target {0} {1}', target.label, statusWords(target.status))]),
    ...(state === undefined ? [] : [state]),
    ...problemWords(item.problem),
  ].join(', ');
  return { label, description: shown.join(' · '), icon: metricIcon(item), spoken };
}

/** Wrong before old before on its way; the shape says it as well as the colour. */
function metricIcon({ problem, status, target }: MetricItem): ThemeIcon {
  if (problem !== null) return problemIcon(problem);
  if (status === 'deprecated') return new ThemeIcon('archive');
  if (target !== null) return statusIcon(target.status);
  return new ThemeIcon(status === 'draft' ? 'edit' : 'graph-line');
}

function targetLook(item: Extract<Content, { kind: 'target' }>['item']): Look {
  const words =
    item.status === null ? l10n.t('not known yet') : staleText(statusWords(item.status), item.stale);
  const icon =
    item.problem !== null
      ? problemIcon(item.problem)
      : item.status === null
        ? new ThemeIcon('target')
        : statusIcon(item.status);
  const spoken = [
    l10n.t('Target {0} on {1}', item.label, item.metric ?? l10n.t('no metric')),
    words,
    ...problemWords(item.problem),
  ].join(', ');
  return { label: item.label, description: words, icon, spoken };
}

/** A value that was computed from other text or data is marked as in the editor. */
function staleText(text: string, stale: boolean): string {
  return stale ? `… ${text}` : text;
}

function broken(
  item: { readonly label: string; readonly problem: 'error' | 'warning' | null },
  icon: string,
  description: string,
  spoken: string,
): Look {
  const shown = item.problem === null ? new ThemeIcon(icon) : problemIcon(item.problem);
  return {
    label: item.label,
    description,
    icon: shown,
    spoken: [spoken, ...problemWords(item.problem)].join(', '),
  };
}

function problemIcon(problem: 'error' | 'warning'): ThemeIcon {
  const color = problem === 'error' ? 'list.errorForeground' : 'list.warningForeground';
  return new ThemeIcon(problem, new ThemeColor(color));
}

function problemWords(problem: 'error' | 'warning' | null): readonly string[] {
  if (problem === null) return [];
  return [problem === 'error' ? l10n.t('has errors') : l10n.t('has warnings')];
}

const STATUS_ICONS: Readonly<Record<TargetStatus, readonly [icon: string, color: string]>> = {
  met: ['pass-filled', 'charts.green'],
  on_track: ['pass', 'charts.green'],
  at_risk: ['warning', 'charts.yellow'],
  off_track: ['arrow-down', 'charts.red'],
  missed: ['circle-slash', 'charts.red'],
  inconclusive: ['question', 'charts.blue'],
  no_data: ['circle-outline', 'descriptionForeground'],
};

function statusIcon(status: TargetStatus): ThemeIcon {
  const [icon, color] = STATUS_ICONS[status];
  return new ThemeIcon(icon, new ThemeColor(color));
}

/** Where a target stands, as people read it. */
export function statusWords(status: TargetStatus): string {
  switch (status) {
    case 'met':
      return l10n.t('met');
    case 'missed':
      return l10n.t('missed');
    case 'inconclusive':
      return l10n.t('inconclusive');
    case 'on_track':
      return l10n.t('on track');
    case 'at_risk':
      return l10n.t('at risk');
    case 'off_track':
      return l10n.t('off track');
    case 'no_data':
      return l10n.t('no data');
  }
}
