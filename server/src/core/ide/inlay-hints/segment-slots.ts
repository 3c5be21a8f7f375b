import type { Known, Numbers, SegmentSizes } from '../../evaluate/numbers.ts';
import type { Group, Segment } from '../../model/project.ts';
import type { IdeFile } from '../ide-context.ts';
import { behindName, behindValue } from './places.ts';
import type { HintSlot, HintText } from './slot.ts';
import { countWords, GAP, plainMarkdown, rowWords, shareWords, shortLine, tooltipOf } from './words.ts';

/** Beyond these, groups are only counted: nobody reads more in a line. */
const SHOWN = 5;

/**
 * Beside a segment the sizes of its groups. Where `groups` has a line for each, the size stands there, and the name has what no
 * line speaks of.
 */
export function segmentSlots({ file }: IdeFile, segment: Segment): readonly HintSlot[] {
  const { name } = segment;
  const groups = groupsWithLines(segment);
  const named = new Set(groups.map((group) => group.name));
  const slot = (offset: number, show: (sizes: SegmentSizes) => Text | undefined): HintSlot => ({
    kind: 'segment',
    offset,
    needs: [{ kind: 'segment', name }],
    show: (numbers) => withStale(knownSizes(numbers, name), show),
  });
  return [
    slot(behindName(file.text, segment), (sizes) => summary(sizes, named)),
    ...groups.map((group) =>
      slot(behindValue(file.text, group.condition.node), (sizes) => sizeOf(sizes, group.name)),
    ),
  ];
}

type Text = Omit<HintText, 'stale'>;

function knownSizes(numbers: Numbers, name: string): Known<SegmentSizes> | undefined {
  const known = numbers.segment(name);
  // Before its data is there a segment has no rows at all: that is said where the data is named.
  return known === undefined || known.value.rows === 0 ? undefined : known;
}

function withStale(
  known: Known<SegmentSizes> | undefined,
  show: (sizes: SegmentSizes) => Text | undefined,
): HintText | undefined {
  const text = known && show(known.value);
  return text && { label: text.label, tooltip: tooltipOf([text.tooltip], known.stale), stale: known.stale };
}

/** The groups that stand on lines of their own. Those that came through an alias stand elsewhere. */
function groupsWithLines({ form, node }: Segment): readonly Group[] {
  const map = node?.get('groups')?.value;
  if (form.kind !== 'groups' || map?.kind !== 'map' || map.flow) return [];
  return [...form.groups.values()].filter(
    ({ nameNode, condition }) => nameNode.origin === undefined && condition.node.origin === undefined,
  );
}

/** `1,070 rows` and the groups that have no line: `small 812 · enterprise 55 · 7 more`. */
function summary(sizes: SegmentSizes, named: ReadonlySet<string>): Text {
  const groups = sizes.groups.filter(({ label }) => !named.has(label));
  const listed = groups.slice(0, SHOWN).map(({ label, rows }) => `${shortLine(label)} ${countWords(rows)}`);
  // The least of very many groups are counted, and not told one by one.
  const more = groups.length - listed.length + (sizes.omitted ?? 0);
  if (more > 0) listed.push(`${countWords(more)} more`);
  const parts = [named.size > 0 ? rowWords(sizes.rows) : '', listed.join(' · '), overlapText(sizes)];
  const lines = sizes.groups
    .slice(0, 20)
    .map(
      ({ label, rows }) =>
        `- ${plainMarkdown(shortLine(label))}: ${rowWords(rows)}, ${shareWords(rows, sizes.rows)}`,
    );
  return {
    label: parts.filter((part) => part !== '').join(GAP),
    tooltip: [
      `${rowWords(sizes.rows)} in ${countWords(sizes.groups.length + (sizes.omitted ?? 0))} groups.`,
      lines.join('\n'),
    ].join('\n\n'),
  };
}

function overlapText({ overlapping }: SegmentSizes): string {
  return overlapping === 0 ? '' : `${countWords(overlapping)} in several`;
}

function sizeOf({ rows, groups }: SegmentSizes, group: string): Text | undefined {
  const size = groups.find(({ label }) => label === group);
  if (size === undefined) return undefined;
  return {
    label: rowWords(size.rows),
    tooltip: `${shareWords(size.rows, rows)} of the ${rowWords(rows)} of this segment's source.`,
  };
}
