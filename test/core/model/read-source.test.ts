import assert from 'node:assert/strict';
import { readText } from '../../kit/metrics-file.ts';
import { present } from '../../kit/present.ts';

const SUBSCRIPTIONS = `plumbline: 1
sources:
  subscriptions:
    label: Subscriptions
    description: One row per subscription spell.
    owner: revops
    data: data/subscriptions.csv        # file or glob, relative to this file
    key: subscription_id                # one column or a list
    time: created_at
    lifespan: { start: started_on, end: ended_on, end_inclusive: false }
    timezone: America/New_York
    as_of: 2025-06-30
    where: not is_test
    one_per: { key: subscription_id, keep: last, by: updated_at }
    coverage: census
    sampled_by: account_id
    columns:
      plan:  { type: text, values: [free, team, enterprise], description: Billing plan }
      mrr:   { type: number, min: 0, required: true }
      score: { header: "How likely are you to recommend us? (0-10)" }
      blank: { header: '' }
      arr:   { value: mrr * 12 }
      spend: { of: invoices, value: sum(amount) }
      opened: { type: date, date_format: ["%d/%m/%Y", "%d.%m.%Y"] }
    links:
      account: { to: accounts, using: account_id }
      region: { to: regions, using: { mine: theirs, other: that } }
`;

const texts = (words: readonly { readonly text: string }[] | undefined): string[] | undefined =>
  words?.map((word) => word.text);

describe('readSource', () => {
  const source = present(readText(SUBSCRIPTIONS).sources.get('subscriptions'));

  it('reads the fields that stand in one scalar', () => {
    assert.equal(source.label, 'Subscriptions');
    assert.equal(source.description, 'One row per subscription spell.');
    assert.equal(source.owner, 'revops');
    assert.equal(source.data?.file.text, 'data/subscriptions.csv');
    assert.deepEqual(texts(source.key?.items), ['subscription_id']);
    assert.equal(source.time?.text, 'created_at');
    assert.equal(source.timezone?.text, 'America/New_York');
    assert.equal(source.asOf?.text, '2025-06-30');
    assert.deepEqual(texts(source.where), ['not is_test']);
    assert.equal(source.where[0]?.role, 'where');
    assert.equal(source.coverage, 'census');
    assert.equal(source.sampledBy?.text, 'account_id');
  });

  it('reads the lifespan and one_per', () => {
    assert.equal(source.lifespan?.start.text, 'started_on');
    assert.equal(source.lifespan?.end?.text, 'ended_on');
    assert.equal(source.lifespan?.endInclusive, false);
    assert.deepEqual(texts(source.onePer?.key.items), ['subscription_id']);
    assert.equal(source.onePer?.keep.text, 'last');
    assert.equal(source.onePer?.by.text, 'updated_at');
  });

  it('reads declared, renamed, computed and aggregated columns', () => {
    assert.deepEqual([...source.columns.keys()], ['plan', 'mrr', 'score', 'blank', 'arr', 'spend', 'opened']);
    const column = (name: string) => present(source.columns.get(name), name);
    assert.equal(column('plan').type?.text, 'text');
    assert.deepEqual(texts(column('plan').values), ['free', 'team', 'enterprise']);
    assert.equal(column('plan').description, 'Billing plan');
    assert.equal(column('plan').required, false);
    assert.equal(column('mrr').min?.value, 0);
    assert.equal(column('mrr').max, undefined);
    assert.equal(column('mrr').required, true);
    assert.equal(column('score').header?.text, 'How likely are you to recommend us? (0-10)');
    assert.equal(column('blank').header?.text, '');
    assert.equal(column('arr').value?.text, 'mrr * 12');
    assert.equal(column('spend').of?.text, 'invoices');
    assert.equal(column('spend').value?.text, 'sum(amount)');
    assert.deepEqual(texts(column('opened').dateFormats), ['%d/%m/%Y', '%d.%m.%Y']);
  });

  it('reads links with the key of the target or with pairs', () => {
    const using = (name: string) =>
      source.links.get(name)?.using.map(({ mine, theirs }) => [mine.text, theirs?.text]);
    assert.equal(source.links.get('account')?.to?.text, 'accounts');
    assert.deepEqual(using('account'), [['account_id', undefined]]);
    assert.deepEqual(using('region'), [
      ['mine', 'theirs'],
      ['other', 'that'],
    ]);
  });

  it('keeps the place of every word in the file', () => {
    for (const word of [
      source.time,
      source.data?.file,
      source.where[0],
      source.links.get('region')?.using[1]?.theirs,
    ]) {
      const { text, node } = present(word);
      assert.equal(SUBSCRIPTIONS.slice(node.span.start, node.span.end), text);
    }
    assert.equal(SUBSCRIPTIONS.indexOf('subscriptions:'), source.nameNode.span.start);
  });

  it('reads the long form of data', () => {
    const { sources } = readText(`sources:
  s:
    data: { file: x.xlsx, sheet: Answers, delimiter: ";", header_row: 3, nulls: [n/a, NULL], date_format: "%d/%m/%Y", encoding: latin-1 }
    key: [source_name, id]
    where: [is_real, amount > 0]
`);
    const { data, key, where, coverage } = present(sources.get('s'));
    assert.equal(data?.file.text, 'x.xlsx');
    assert.equal(data?.sheet?.text, 'Answers');
    assert.equal(data?.delimiter?.text, ';');
    assert.equal(data?.headerRow?.text, '3');
    assert.deepEqual(texts(data?.nulls), ['n/a', 'NULL']);
    assert.deepEqual(texts(data?.dateFormats), ['%d/%m/%Y']);
    assert.equal(data?.encoding?.text, 'latin-1');
    assert.deepEqual(texts(key?.items), ['source_name', 'id']);
    assert.deepEqual(texts(where), ['is_real', 'amount > 0']);
    assert.equal(coverage, 'sample');
  });

  it('reads a union of sources', () => {
    const { sources } = readText(`sources:
  feedback:
    union:
      tickets: { id: ticket_id, at: opened_at, text: subject }
      reviews: { id: review_id, at: posted_at, sentiment: "case when stars >= 4 then 'positive' else 'negative' end" }
    key: [source_name, id]
    time: at
`);
    const union = present(sources.get('feedback')?.union);
    assert.deepEqual(texts(union.items.map((member) => member.source)), ['tickets', 'reviews']);
    assert.deepEqual([...present(union.items[0]).columns.keys()], ['id', 'at', 'text']);
    assert.equal(
      union.items[1]?.columns.get('sentiment')?.text,
      "case when stars >= 4 then 'positive' else 'negative' end",
    );
    assert.equal(sources.get('feedback')?.data, undefined);
  });

  it('reads the first of columns with one name', () => {
    const { sources } = readText(
      'sources:\n  s:\n    columns:\n      a: { type: text }\n      a: { type: date }\n',
    );
    assert.equal(sources.get('s')?.columns.get('a')?.type?.text, 'text');
  });

  it('passes over what is half typed and keeps the rest', () => {
    const { sources } = readText(`sources:
  s:
    data:
    lifespan: { end: ended_on }
    one_per: { key: id }
    coverage: some
    columns:
      plan:
      mrr: number
    links:
      account:
      region: { to: regions }
    time: at
  empty:
  text: just words
`);
    assert.deepEqual([...sources.keys()], ['s', 'empty', 'text']);
    const source = present(sources.get('s'));
    assert.equal(source.data, undefined);
    assert.equal(source.lifespan, undefined);
    assert.equal(source.onePer, undefined);
    assert.equal(source.coverage, 'sample');
    assert.deepEqual([...source.columns.keys()], ['plan', 'mrr']);
    assert.deepEqual([...source.links.keys()], ['account', 'region']);
    assert.deepEqual(source.links.get('region')?.using, []);
    assert.equal(source.time?.text, 'at');
    assert.equal(sources.get('empty')?.node, undefined);
  });
});
