import { type TestController, type TestItem, type TestItemCollection, Uri } from 'vscode';
import type { Location, MetricExamples, ProjectSummary } from '../../../../server/src/protocol/index.ts';
import { rangeFrom, uriFrom } from '../../from-protocol.ts';

/** An example, or all those of a metric, as the server names them. */
export interface TestedExample {
  /** The URI by which requests name its project. */
  readonly project: string;
  readonly metric: string;
  readonly index: number;
}

/**
 * The tests that the editor shows: by file, metric and example; with several projects each has a level of its own. An item that is there
 * already stays the same one, so that what came of it stays with it.
 */
export class TestTree {
  readonly #controller: TestController;
  readonly #examples = new WeakMap<TestItem, TestedExample>();
  /** By the URI of a project: its metrics with examples. */
  readonly #shown = new Map<
    string,
    { readonly project: ProjectSummary; readonly metrics: readonly MetricExamples[] }
  >();

  constructor(controller: TestController) {
    this.#controller = controller;
  }

  has(project: string): boolean {
    return this.#shown.has(project);
  }

  /** Drops what is of other projects. */
  keep(projects: readonly ProjectSummary[]): void {
    const uris = new Set(projects.map(({ uri }) => uri));
    for (const uri of [...this.#shown.keys()]) if (!uris.has(uri)) this.#shown.delete(uri);
    if (projects.length > 0) this.#lay();
  }

  /** Shows the examples of a project as they are now. */
  show(project: ProjectSummary, metrics: readonly MetricExamples[]): void {
    this.#shown.set(project.uri, { project, metrics });
    this.#lay();
  }

  /** What an item stands for; undefined for one that only holds others. */
  exampleOf(item: TestItem): TestedExample | undefined {
    return this.#examples.get(item);
  }

  /** The items of examples at or under an item. */
  examplesUnder(item: TestItem): readonly TestItem[] {
    if (this.#examples.has(item)) return [item];
    return itemsIn(item.children).flatMap((child) => this.examplesUnder(child));
  }

  /** The items of all examples. */
  all(): readonly TestItem[] {
    return itemsIn(this.#controller.items).flatMap((item) => this.examplesUnder(item));
  }

  /** The item of a metric by a file of its project. */
  find(uri: string, metric: string): TestItem | undefined {
    const path = Uri.parse(uri).path;
    const homes = [...this.#shown.values()]
      .filter(({ project }) => path.startsWith(`${Uri.parse(project.folder).path.replace(/\/$/, '')}/`))
      .sort((one, other) => other.project.folder.length - one.project.folder.length);
    const home = homes[0]?.project.uri;
    const id = `${home}#${metric}`;
    const look = (items: TestItemCollection): TestItem | undefined => {
      for (const item of itemsIn(items)) {
        if (item.id === id) return item;
        const found = this.#examples.has(item) ? undefined : look(item.children);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    return look(this.#controller.items);
  }

  #lay(): void {
    const filled = [...this.#shown.values()].filter(({ metrics }) => metrics.length > 0);
    const { items } = this.#controller;
    const [only] = filled;
    if (filled.length === 1 && only !== undefined) {
      this.#layFiles(items, only.project, only.metrics);
      return;
    }
    this.#fill(
      items,
      filled.map(({ project, metrics }) => ({
        id: project.folder,
        label: project.name,
        uri: Uri.parse(project.folder),
        fill: (item) => this.#layFiles(item.children, project, metrics),
      })),
    );
  }

  #layFiles(items: TestItemCollection, project: ProjectSummary, metrics: readonly MetricExamples[]): void {
    const byFile = new Map<string, MetricExamples[]>();
    for (const metric of metrics) {
      const others = byFile.get(metric.at.uri);
      if (others === undefined) byFile.set(metric.at.uri, [metric]);
      else others.push(metric);
    }
    const root = `${Uri.parse(project.folder).path.replace(/\/$/, '')}/`;
    this.#fill(
      items,
      [...byFile].map(([file, own]) => {
        const uri = uriFrom(file);
        return {
          id: file,
          label: uri.path.startsWith(root) ? uri.path.slice(root.length) : uri.path,
          uri,
          fill: (item) => this.#layMetrics(item.children, project, own),
        };
      }),
    );
  }

  #layMetrics(items: TestItemCollection, project: ProjectSummary, metrics: readonly MetricExamples[]): void {
    this.#fill(
      items,
      metrics.map((metric) => ({
        id: `${project.uri}#${metric.metric}`,
        label: metric.label,
        description: metric.metric,
        at: metric.at,
        fill: (item) =>
          this.#fill(
            item.children,
            metric.examples.map((example) => ({
              id: `${project.uri}#${metric.metric}#${example.index}`,
              label: example.title,
              at: example.at,
              sort: String(example.index).padStart(4, '0'),
              example: { project: project.uri, metric: metric.metric, index: example.index },
            })),
          ),
      })),
    );
  }

  /** Puts just these items into a collection, those that are there already among them. */
  #fill(items: TestItemCollection, wanted: readonly Wanted[]): void {
    const next = wanted.map(({ id, label, description, at, uri, sort, example, fill }) => {
      const place = at === undefined ? uri : uriFrom(at.uri);
      const known = items.get(id);
      // An item cannot move to another file.
      const stays = known !== undefined && known.uri?.toString() === place?.toString();
      const item = stays ? known : this.#controller.createTestItem(id, label, place);
      if (item.label !== label) item.label = label;
      if (description !== undefined && item.description !== description) item.description = description;
      if (sort !== undefined && item.sortText !== sort) item.sortText = sort;
      if (at !== undefined) this.#move(item, at);
      if (example !== undefined) this.#examples.set(item, example);
      fill?.(item);
      return item;
    });
    const current = itemsIn(items);
    const isSame = current.length === next.length && next.every((item, index) => item === current[index]);
    if (!isSame) items.replace(next);
  }

  #move(item: TestItem, at: Location): void {
    const range = rangeFrom(at.range);
    if (item.range === undefined || !item.range.isEqual(range)) item.range = range;
  }
}

/** An item as it is to be. */
interface Wanted {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly at?: Location;
  readonly uri?: Uri;
  readonly sort?: string;
  readonly example?: TestedExample;
  readonly fill?: (item: TestItem) => void;
}

function itemsIn(items: TestItemCollection): readonly TestItem[] {
  return [...items].map(([, item]) => item);
}
