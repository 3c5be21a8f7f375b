import type { Project, Segment } from '../../model/project.ts';
import { type Block, enumerate, list, paragraph, type Words } from '../prose/prose.ts';
import { conditionWords, sourceLabel } from './described.ts';

/** By what a segment tells rows apart, with its groups. */
export function describeSegment(project: Project, segment: Segment): readonly Block[] {
  const home = segment.source?.text;
  const of: Words = home === undefined ? [] : [' of ', sourceLabel(project, home)];
  const { form } = segment;
  switch (form.kind) {
    case 'groups':
      return [
        paragraph('Groups the rows', ...of, ' by conditions:'),
        ...list(
          [...form.groups.values()].map(
            ({ name, condition }): Words => [{ code: name }, ': ', { code: condition.text }],
          ),
        ),
      ];
    case 'by':
      return [paragraph('One group for each value of ', { code: form.by.text }, ...of, '.')];
    case 'by-source':
      return [
        paragraph(
          'One group for each value of ',
          ...enumerate(
            [...form.by].map(
              ([source, by]): Words => [{ code: by.text }, ' in ', sourceLabel(project, source)],
            ),
          ),
          '.',
        ),
      ];
    case 'where':
      return [
        paragraph(
          'The rows',
          ...of,
          ' for which ',
          ...conditionWords(form.where),
          ' are ',
          { code: 'in' },
          ', all others ',
          { code: 'out' },
          '.',
        ),
      ];
    case 'none':
      return [paragraph('A segment whose groups are still to be written.')];
  }
}

/** Which rows are in one group of a segment. */
export function describeGroup(
  project: Project,
  segment: Segment | undefined,
  group: string,
): readonly Block[] {
  if (segment === undefined) return [];
  const { form } = segment;
  const of: Words = segment.source === undefined ? [] : [' of ', sourceLabel(project, segment.source.text)];
  if (form.kind === 'groups') {
    const condition = form.groups.get(group)?.condition;
    if (condition !== undefined)
      return [paragraph('Rows', ...of, ' for which ', { code: condition.text }, '.')];
    if (group === '(other)') return [paragraph('Rows', ...of, ' that are in no other group.')];
    return [paragraph('There is no such group.')];
  }
  if (form.kind === 'by')
    return [paragraph('Rows', ...of, ' whose ', { code: form.by.text }, ' is this value.')];
  if (form.kind !== 'where') return [];
  return [
    paragraph(
      'Rows',
      ...of,
      group === 'in' ? ' for which ' : ' not among those for which ',
      ...conditionWords(form.where),
      '.',
    ),
  ];
}
