import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readText, readTexts } from '../../kit/metrics-file.ts';
import { present } from '../../kit/present.ts';

const WHOLE = `plumbline: 1
defaults: { owner: cx, source: survey, grain: week, tags: [voice] }
sources:
  survey:
    data: data/survey.csv
    time: answered_at
  accounts: { data: data/accounts.csv, key: id }
segments:
  size:
    source: accounts
    groups:
      small: employees < 50
      large: "employees >= 50"
metrics:
  nps:
    type: nps
    value: score
    examples:
      - given: { survey: [{ score: 10 }] }
        expect: 100
  effort: { type: ratio, numerator: { type: count, where: easy }, denominator: { type: count } }
targets:
  nps_goal: { metric: nps, at_least: 50, due: 2025-Q4 }
journeys:
  customer:
    stages:
      first: { metrics: [nps] }
`;

const DEFINED = ['survey', 'accounts', 'size', 'nps', 'effort', 'nps_goal', 'customer'];

describe('readFile', () => {
  it('reads the definitions of every section in file order', () => {
    const [file] = readText(WHOLE).files;
    assert.deepEqual(
      file?.definitions.map(({ definition, name }) => `${definition} ${name}`),
      [
        'source survey',
        'source accounts',
        'segment size',
        'metric nps',
        'metric effort',
        'target nps_goal',
        'journey customer',
      ],
    );
    assert.equal(file?.version?.text, '1');
    assert.equal(file?.text, WHOLE);
  });

  it('gives the defaults of the file to metrics that set none, with their nodes in `defaults`', () => {
    const { metrics } = readText(WHOLE);
    const nps = present(metrics.get('nps'));
    assert.equal(nps.owner, 'cx');
    assert.deepEqual(nps.tags, ['voice']);
    assert.equal(nps.grain?.text, 'week');
    assert.equal(nps.source?.node.span.start, WHOLE.indexOf('survey, grain'));
  });

  it('lets a metric override each default, tags with an empty list too', () => {
    const { metrics } = readText(`defaults: { owner: cx, source: survey, grain: week, tags: [voice] }
metrics:
  m: { type: count, owner: finance, source: orders, grain: day, tags: [] }
`);
    const m = present(metrics.get('m'));
    assert.deepEqual([m.owner, m.source?.text, m.grain?.text, m.tags], ['finance', 'orders', 'day', []]);
  });

  it('gives defaults to nothing but metrics of its own file', () => {
    const { metrics, sources, targets } = readTexts({
      '/p/a.metrics.yaml': 'defaults: { owner: cx, source: s }\nsources: { s: {} }\ntargets: { t: {} }\n',
      '/p/b.metrics.yaml': 'metrics: { m: { type: count } }\n',
    });
    assert.equal(sources.get('s')?.owner, undefined);
    assert.equal(targets.get('t')?.owner, undefined);
    assert.equal(metrics.get('m')?.source, undefined);
  });

  it('keeps comments, for the rules that they silence', () => {
    const [file] = readText('# plumbline-ignore metric-needs-owner: trial\nmetrics: {}\n').files;
    assert.deepEqual(
      file?.comments.map((comment) => comment.text),
      ['# plumbline-ignore metric-needs-owner: trial'],
    );
  });

  it('reads nothing from a text that is no metrics file', () => {
    for (const text of [
      '',
      '# only a comment\n',
      'just words',
      '[1, 2]',
      'metrics: many',
      'metrics: [a]',
      ': : :',
    ]) {
      const [file] = readText(text).files;
      assert.deepEqual(file?.definitions, [], text);
    }
  });

  it('keeps a definition when its neighbour is half typed', () => {
    for (const typed of [
      '  half:',
      '  half',
      '  half: {',
      '  half: { type: ',
      '  half:\n    type',
      "  half: { value: 'x",
    ]) {
      const { metrics } = readText(`metrics:\n  before: { type: count }\n${typed}\n  after: { type: nps }\n`);
      assert.equal(metrics.get('before')?.type, 'count', typed);
      assert.equal(metrics.get('after')?.type, 'nps', typed);
    }
  });

  it('never throws while the text is typed, and keeps every definition above the one being typed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: WHOLE.length }),
        fc.constantFrom('', ':', '{', "'", '- ', '\n\t'),
        (cut, tail) => {
          const text = WHOLE.slice(0, cut);
          const [file] = readText(text + tail).files;
          // A definition is above when the next one has begun behind it.
          const begun = DEFINED.filter((name) => text.includes(`\n  ${name}:`));
          const kept = new Set(file?.definitions.map((definition) => definition.name));
          for (const name of begun.slice(0, -1))
            assert.ok(kept.has(name), `${name} is lost in:\n${text}${tail}`);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never throws on text of any kind', () => {
    const words = [
      'metrics:',
      'sources:',
      '\n',
      '  ',
      'a:',
      '- ',
      '{',
      '}',
      '[',
      ']',
      'type: ratio',
      ',',
      '&x ',
      '*x',
      '<<: ',
      '"',
      ' # ',
      'numerator:',
      'where:',
      '|',
      '42%',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 40 }), (parts) => {
        readText(parts.join(''), parts.join(''));
      }),
      { numRuns: 250 },
    );
  });
});

describe('readProject', () => {
  it('keeps duplicates in the files, and the first by path and then by line in the maps', () => {
    const project = readTexts({
      '/p/b.metrics.yaml': 'metrics:\n  m: { type: nps }\n  n: { type: nps }\n',
      '/p/a.metrics.yaml': 'metrics:\n  m: { type: count }\n  m: { type: sum }\n',
    });
    assert.deepEqual(
      project.files.map((file) => file.path),
      ['/p/a.metrics.yaml', '/p/b.metrics.yaml'],
    );
    assert.equal(project.metrics.get('m')?.type, 'count');
    assert.equal(project.metrics.get('n')?.file, '/p/b.metrics.yaml');
    const named = project.files.flatMap((file) => file.definitions).filter(({ name }) => name === 'm');
    assert.equal(named.length, 3);
  });

  it('has one namespace for each kind of definition', () => {
    const project = readText(
      'sources: { x: {} }\nsegments: { x: {} }\nmetrics: { x: {} }\ntargets: { x: {} }\njourneys: { x: {} }\n',
    );
    for (const names of [
      project.sources,
      project.segments,
      project.metrics,
      project.targets,
      project.journeys,
    ]) {
      assert.deepEqual([...names.keys()], ['x']);
    }
  });
});
