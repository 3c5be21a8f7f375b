import { parseDay } from '../base/period.ts';
import type { Checked } from '../check/checked.ts';
import type { Link, Source } from '../model/project.ts';
import { mapAggregates, type NameRef, type Scalar } from '../syntax/expression/scalar.ts';
import { Frame, type LinkUse } from './frame.ts';
import { Refusal } from './refusal.ts';
import type { Aggregate, Named, PlanScalar, RelationColumn, Select } from './relation.ts';
import { addUnits, compareTimes, dateLiteral, isNotNull, isNull, literal, nameOf, test } from './scalars.ts';
import type { Storage } from './storage.ts';

/** A column that aggregates the rows of another source which link to each row. */
export interface PlannedFacts {
  /** One row for each linked row: what is linked with, and the aggregates. */
  readonly select: Select;
  /** The columns of this side that meet those of the select. */
  readonly on: readonly { readonly theirs: string; readonly there: PlanScalar }[];
  /** The column's value, where the select is joined: over no rows counts are 0 and all else null. */
  readonly value: PlanScalar;
  /** The links that the select follows. */
  readonly followed: readonly LinkUse[];
}

/** Plans a column with `of:` of a source. `as` is the name under which the select is joined. */
export function planFacts(
  checked: Checked,
  storage: Storage,
  source: string,
  column: string,
  as: string,
): PlannedFacts {
  const declared = checked.columns.get(source)?.columns.get(column)?.declared;
  const of = checked.project.sources.get(declared?.of?.text ?? '');
  const scalar =
    of === undefined || declared?.value === undefined ? undefined : checked.resolve(declared.value, of.name);
  if (of === undefined || scalar === undefined)
    throw new Refusal(`The column "${column}" of ${source} has an error.`);
  const link = linkOf(of, source, column);
  const pairs = pairsOf(checked, of, link, source);
  const frame = new Frame(checked, storage, of.name);
  const keys = pairs.map(({ mine }, index) => ({ name: `key_${index + 1}`, value: frame.lower(mine) }));
  const aggregates: Named<Aggregate<RelationColumn>>[] = [];
  const value = mapAggregates<NameRef, RelationColumn>(
    scalar,
    ({ fn, distinct, arg, type }) => {
      const name = `value_${aggregates.length + 1}`;
      const args = arg === null ? [] : [frame.lower(arg)];
      aggregates.push({ name, value: { fn: distinct ? 'count_distinct' : fn, args } });
      const found = nameOf<RelationColumn>({ relation: as, column: name }, type);
      if (!fn.startsWith('count')) return found;
      return { kind: 'call', type, fn: 'coalesce', args: [found, literal(0)] };
    },
    () => {
      throw new Refusal(`The column "${column}" of ${source} names a column outside of an aggregate.`);
    },
  );
  const where = [...keys.map(({ value: key }) => isNotNull(key)), ...countedRows(checked, frame, of)];
  return {
    select: { from: frame.from, joins: frame.joins, where, keys, aggregates },
    on: pairs.map(({ theirs, type }, index) => ({
      theirs,
      there: nameOf({ relation: as, column: `key_${index + 1}` }, type),
    })),
    value,
    // Where the link itself arrives at several rows, each of them would count the same rows.
    followed: [...frame.links, { source: of.name, link: link.name }],
  };
}

interface Pair {
  readonly mine: Scalar<NameRef>;
  readonly type: Scalar['type'];
  readonly theirs: string;
}

/** The one link that leads from the counted rows to this source. */
function linkOf(of: Source, source: string, column: string): Link {
  const [link, ...more] = [...of.links.values()].filter(({ to }) => to?.text === source);
  if (link !== undefined && more.length === 0) return link;
  throw new Refusal(
    `The column "${column}" of ${source} counts rows of ${of.name}, from which ${link === undefined ? 'no link leads' : 'several links lead'} here.`,
  );
}

/** What that link equates. */
function pairsOf({ project, resolvePath }: Checked, of: Source, link: Link, source: string): readonly Pair[] {
  const key = project.sources.get(source)?.key?.items ?? [];
  return link.using.map(({ mine, theirs }, index) => {
    const there = (theirs ?? key[index])?.text;
    const scalar = resolvePath(mine.text, of.name);
    if (there === undefined || scalar === undefined) {
      throw new Refusal(`The link "${link.name}" of ${of.name} has an error in \`using\`.`);
    }
    return { mine: scalar, type: scalar.type, theirs: there };
  });
}

/** Section 2: rows that are set aside are never used: those without a time or start, after `as_of`, and spells that end before they start. */
function countedRows(checked: Checked, frame: Frame, source: Source): readonly PlanScalar[] {
  const { time, lifespan } = source;
  const start = time ?? lifespan?.start;
  if (start === undefined) return [];
  const lowered = frame.lower(path(checked, start.text, source.name));
  const asOf = parseDay(checked.project.settings.asOf ?? source.asOf?.text ?? '');
  const until = asOf === undefined ? [] : [compareTimes('<', lowered, dateLiteral(asOf + 1))];
  if (time !== undefined || lifespan?.end === undefined) return [isNotNull(lowered), ...until];
  const end = frame.lower(path(checked, lifespan.end.text, source.name));
  const exclusive = lifespan.endInclusive ? addUnits('day', 1, end) : end;
  return [isNotNull(lowered), ...until, test('or', isNull(end), compareTimes('>', exclusive, lowered))];
}

function path({ resolvePath }: Checked, text: string, source: string): Scalar<NameRef> {
  const scalar = resolvePath(text, source);
  if (scalar === undefined) throw new Refusal(`The source ${source} has no column "${text}".`);
  return scalar;
}
