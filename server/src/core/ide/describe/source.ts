import { labelOf } from '../../model/label-of.ts';
import type { Project, Source } from '../../model/project.ts';
import { type Block, enumerate, list, paragraph, type Words } from '../prose/prose.ts';
import { conditionWords, sourceLabel } from './described.ts';

/** What rows a source holds, how they fall in time, and where its links lead. */
export function describeSource(project: Project, source: Source): readonly Block[] {
  return [
    paragraph(...originWords(project, source), ...rowWords(source), '. ', ...sampleWords(source)),
    ...list(
      [...source.links.values()].map(
        ({ name, to, using }): Words => [
          { code: name },
          ': each row belongs to one of ',
          to === undefined ? 'a source' : sourceLabel(project, to.text),
          ...(using.length === 0 ? [] : [', by ']),
          ...enumerate(using.map(({ mine }) => [{ code: mine.text }])),
        ],
      ),
    ),
  ];
}

function originWords(project: Project, { data, union }: Source): Words {
  if (union !== undefined) {
    return [
      'The rows of ',
      ...enumerate(union.items.map((member) => [sourceLabel(project, member.source.text)])),
      ', one after another',
    ];
  }
  return data === undefined
    ? ['Rows whose data are still to be named']
    : ['The rows of ', { code: data.file.text }];
}

function rowWords({ key, time, lifespan, where, onePer }: Source): Words {
  const keys = enumerate((key?.items ?? []).map(({ text }) => [{ code: text }]));
  const once = enumerate((onePer?.key.items ?? []).map(({ text }) => [{ code: text }]));
  return [
    ...(where.length === 0 ? [] : [' for which ', ...conditionWords(where)]),
    ...(keys.length === 0 ? [] : [', one for each ', ...keys]),
    ...(onePer === undefined
      ? []
      : [`, of which the ${onePer.keep.text} by `, { code: onePer.by.text }, ' counts for each ', ...once]),
    ...(time === undefined ? [] : [', dated by ', { code: time.text }]),
    ...(lifespan === undefined ? [] : spellWords(lifespan)),
    ...(time === undefined && lifespan === undefined ? [', a snapshot without times'] : []),
  ];
}

function spellWords({ start, end, endInclusive }: NonNullable<Source['lifespan']>): Words {
  const until: Words =
    end === undefined ? [' on'] : [endInclusive ? ' up to and including ' : ' until ', { code: end.text }];
  return [', alive from ', { code: start.text }, ...until];
}

function sampleWords({ coverage, sampledBy }: Source): Words {
  if (coverage === 'census') return ['A census: values carry no interval.'];
  return sampledBy === undefined ? [] : ['Sampled by ', { code: sampledBy.text }, '.'];
}

/** What a link leads to. */
export function describeLink(project: Project, source: Source, name: string): readonly Block[] {
  const link = source.links.get(name);
  if (link === undefined) return [paragraph(`There is no such link in ${labelOf(source)}.`)];
  const pairs = link.using.map(
    ({ mine, theirs }): Words => [
      { code: mine.text },
      ...(theirs === undefined ? [] : [' = ', { code: theirs.text }]),
    ],
  );
  const to = link.to === undefined ? 'a source' : sourceLabel(project, link.to.text);
  return [
    paragraph(
      'Each row of ',
      labelOf(source),
      ' belongs to at most one row of ',
      to,
      ...(pairs.length === 0 ? [] : [', by ', ...enumerate(pairs)]),
      '.',
    ),
  ];
}
