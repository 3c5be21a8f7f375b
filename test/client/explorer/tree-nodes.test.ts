import assert from 'node:assert/strict';
import { changedRows } from '../../../client/src/changed-rows.ts';
import {
  definitionAt,
  type Forest,
  forestOf,
  MAX_ROWS,
  type Node,
  type ShownProject,
} from '../../../client/src/features/explorer/tree-nodes.ts';
import { MAX_WANTED, wantedNumbers } from '../../../client/src/features/explorer/wanted-numbers.ts';
import type { Location, ProjectTreeResult } from '../../../server/src/protocol/index.ts';
import { present } from '../../kit/present.ts';

type Metric = ProjectTreeResult['metrics'][number];

function at(line: number): Location {
  return {
    uri: 'file:///p/a.metrics.yaml',
    range: { start: { line, character: 2 }, end: { line, character: 9 } },
  };
}

function metric(name: string, more: Partial<Metric> = {}): Metric {
  return {
    name,
    label: name,
    description: null,
    owner: null,
    problem: null,
    at: at(0),
    type: 'count',
    status: 'active',
    tags: [],
    headline: null,
    target: null,
    ...more,
  };
}

function tree(metrics: readonly Metric[], more: Partial<ProjectTreeResult> = {}): ProjectTreeResult {
  return {
    name: 'p',
    folder: '/p',
    metrics,
    segments: [],
    targets: [],
    sources: [],
    journeys: [],
    byFile: [{ name: 'a.metrics.yaml', metrics: metrics.map(({ name }) => name) }],
    byOwner: [{ name: null, metrics: metrics.map(({ name }) => name) }],
    ...more,
  };
}

const project = (
  metrics: readonly Metric[],
  more: Partial<ProjectTreeResult> = {},
  uri = 'file:///p',
): ShownProject => ({
  uri,
  name: 'p',
  tree: tree(metrics, more),
});

const journey = (name: string, stages: readonly (readonly [string, readonly string[]])[]) => ({
  name,
  label: name,
  description: null,
  owner: null,
  problem: null,
  at: at(0),
  segment: null,
  stages: stages.map(([stage, metrics]) => ({ name: stage, label: stage, pains: [], at: at(0), metrics })),
});

/** The rows as an outline: each with its kind and name, those below it indented. */
function outline({ roots, nodes }: Forest, ids: readonly string[] = roots, indent = ''): readonly string[] {
  return ids.flatMap((id) => {
    const node = present(nodes.get(id));
    return [`${indent}${told(node)}`, ...outline({ roots, nodes }, node.children, `${indent}  `)];
  });
}

function told({ content }: Node): string {
  if ('item' in content) return `${content.kind} ${content.item.name}`;
  if (content.kind === 'section') return `${content.section} ${content.count}`;
  if (content.kind === 'part') return `part ${content.first} to ${content.last}`;
  return `${content.kind} ${content.name}`;
}

describe('the rows of the explorer', () => {
  it('group metrics by stage, those of no stage last, and leave out what there is not', () => {
    const journeys = [
      journey('j', [
        ['try', ['b', 'missing']],
        ['buy', ['b', 'a']],
      ]),
    ];
    assert.deepEqual(
      outline(forestOf([project([metric('a'), metric('b'), metric('c')], { journeys })], 'stage', '')),
      [
        'metrics 3',
        '  group try',
        '    metric b',
        '  group buy',
        '    metric b',
        '    metric a',
        '  group null',
        '    metric c',
        'journeys 1',
        '  journey j',
        '    stage try',
        '    stage buy',
      ],
    );
  });

  it('have a level of projects where there are several, and tell stages of several journeys apart', () => {
    const journeys = [journey('j', [['try', ['a']]]), journey('k', [['try', ['a']]])];
    const forest = forestOf(
      [project([metric('a')], { journeys }), project([], {}, 'file:///q')],
      'stage',
      '',
    );
    assert.deepEqual(outline(forest).slice(0, 4), [
      'project p',
      '  metrics 1',
      '    group j: try',
      '      metric a',
    ]);
    assert.equal(outline(forest).at(-1), 'project p');
    assert.equal(new Set(forest.nodes.keys()).size, outline(forest).length, 'each row has an id of its own');
  });

  it('are filtered by all words, wherever these stand in a definition', () => {
    const metrics = [
      metric('nps', { owner: 'cx', tags: ['board'] }),
      metric('churn', { description: 'Of the Board', owner: 'revops' }),
      metric('csat', { owner: 'cx' }),
    ];
    const left = (filter: string): readonly string[] =>
      outline(forestOf([project(metrics)], 'owner', filter)).filter((row) => row.includes(' metric '));
    assert.deepEqual(left('BOARD'), ['  metric nps', '  metric churn']);
    assert.deepEqual(left('board cx'), ['  metric nps']);
    assert.deepEqual(left('nothing'), []);
    assert.deepEqual(forestOf([project(metrics)], 'owner', 'nothing').roots, []);
  });

  it('stand in parts where they are many', () => {
    const many = Array.from({ length: 2 * MAX_ROWS + 1 }, (_, index) => metric(`m${index}`));
    const forest = forestOf([project(many)], 'file', '');
    const rows = outline(forest).filter((row) => row.trim().startsWith('part'));
    assert.deepEqual(
      rows.map((row) => row.trim()),
      ['part m0 to m99', 'part m100 to m199', 'part m200 to m200'],
    );
    for (const { id, parent, children } of forest.nodes.values()) {
      assert.ok(children.length <= MAX_ROWS);
      assert.ok(parent === undefined || forest.nodes.get(parent)?.children.includes(id));
    }
  });

  it('that changed are told, and no others', () => {
    const forest = (metrics: readonly Metric[]): Forest => forestOf([project(metrics)], 'file', '');
    const before = forest([metric('a'), metric('b')]);
    assert.deepEqual(changedRows(before, forest([metric('a'), metric('b')])), []);
    const headline = { text: '1', period: '2025-01', stale: false };
    const row = present(
      [...before.nodes.values()].find(({ content }) => 'item' in content && content.item.name === 'a'),
    );
    assert.deepEqual(changedRows(before, forest([metric('a', { headline }), metric('b')])), [row.id]);
    // What is new is told by those above it.
    assert.deepEqual(changedRows(before, forest([metric('a'), metric('b'), metric('c')])).length, 2);
    assert.equal(changedRows(before, forestOf([], 'file', '')), 'all');
  });

  it('find the definition around a line', () => {
    const forest = forestOf([project([metric('a', { at: at(3) }), metric('b', { at: at(8) })])], 'file', '');
    const nameAt = (line: number, uri = at(0).uri): string | undefined => {
      const content = definitionAt(forest, uri, line)?.content;
      return content !== undefined && 'item' in content ? content.item.name : undefined;
    };
    assert.deepEqual(
      [nameAt(2), nameAt(3), nameAt(7), nameAt(8), nameAt(99)],
      [undefined, 'a', 'a', 'b', 'b'],
    );
    assert.equal(nameAt(5, 'file:///other'), undefined);
  });

  it('have numbers asked for only where they are in view, and not for all at once', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => metric(`m${index}`));
    const forest = forestOf([project(many)], 'file', '');
    const parts = [...forest.nodes.values()]
      .filter(({ content }) => content.kind === 'part')
      .map(({ id }) => id);
    assert.deepEqual(wantedNumbers(forest, new Set()), []);
    const [only] = wantedNumbers(forest, new Set(parts.slice(3, 4)));
    assert.deepEqual(only, {
      textDocument: { uri: 'file:///p' },
      metrics: many.slice(300, 400).map(({ name }) => name),
      targets: [],
    });
    const [all] = wantedNumbers(forest, new Set(parts));
    assert.equal(all?.metrics.length, MAX_WANTED);
    assert.ok(all?.metrics.includes('m4999'), 'what was opened last counts most');
  });
});
