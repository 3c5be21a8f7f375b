import assert from 'node:assert/strict';
import type { Segment } from '../../../server/src/core/model/project.ts';
import { readText } from '../../kit/metrics-file.ts';
import { present } from '../../kit/present.ts';

const { segments } = readText(`plumbline: 1
segments:
  company_size:
    label: Company size
    source: accounts
    groups:                               # named conditions
      small: employees < 50
      mid_market: employees between 50 and 999
      enterprise: employees >= 1000
  industry: { source: accounts, by: industry }
  activity: { by: { helpdesk: activity_id, incidents: activity_id } }
  champions:
    source: accounts
    where: spend > 100000 and licences > 100
    persona: { name: Priya, description: Head of Operations, needs: [one number she can defend] }
  strict: { source: accounts, where: [is_real, spend > 0] }
  typing: { source: accounts }
  half: { source: accounts, groups: { small: , large: employees > 9 } }
`);

function formOf<Kind extends Segment['form']['kind']>(
  name: string,
  kind: Kind,
): Extract<Segment['form'], { readonly kind: Kind }> {
  const form = present(segments.get(name), name).form;
  assert.equal(form.kind, kind);
  return form as Extract<Segment['form'], { readonly kind: Kind }>;
}

describe('readSegment', () => {
  it('reads named conditions in their order', () => {
    const { groups } = formOf('company_size', 'groups');
    assert.deepEqual(
      [...groups.values()].map(({ name, condition }) => [name, condition.text, condition.role]),
      [
        ['small', 'employees < 50', 'groups'],
        ['mid_market', 'employees between 50 and 999', 'groups'],
        ['enterprise', 'employees >= 1000', 'groups'],
      ],
    );
    assert.equal(segments.get('company_size')?.source?.text, 'accounts');
    assert.equal(segments.get('company_size')?.label, 'Company size');
  });

  it('reads one group per value, of one source or of several', () => {
    assert.equal(formOf('industry', 'by').by.text, 'industry');
    const bySource = formOf('activity', 'by-source').by;
    assert.deepEqual(
      [...bySource].map(([source, column]) => [source, column.text]),
      [
        ['helpdesk', 'activity_id'],
        ['incidents', 'activity_id'],
      ],
    );
  });

  it('reads groups in and out, with a persona', () => {
    assert.deepEqual(
      formOf('champions', 'where').where.map((word) => word.text),
      ['spend > 100000 and licences > 100'],
    );
    assert.equal(formOf('strict', 'where').where.length, 2);
    assert.equal(segments.get('champions')?.persona?.entries[0]?.key.text, 'name');
  });

  it('keeps a segment without a form, and a group without a condition', () => {
    formOf('typing', 'none');
    assert.deepEqual([...formOf('half', 'groups').groups.keys()], ['small', 'large']);
  });
});
