import { distinct, MONTHS, type OracleSeries, type Period, type Value, within } from './oracle-series.ts';
import type { MembershipRow, RetailTables } from './retail-tables.ts';
import { afterAYear } from './saas-gathered.ts';

// The club, by looking at who is a member at two moments.

const memberOf = ({ customer }: MembershipRow): string => customer;

/** Those who are members right before a moment. */
function present(spells: readonly MembershipRow[], moment: string): ReadonlySet<string> {
  return new Set(spells.filter(({ start, end }) => start < moment && end >= moment).map(memberOf));
}

/** What a month did to the members: its value from the spells of a group. Ages never change. */
type Change = (spells: readonly MembershipRow[], period: Period) => Value;

function series(metric: string, spells: readonly MembershipRow[], value: Change): readonly OracleSeries[] {
  const ages = [...new Set(spells.map(({ age }) => age))];
  return [undefined, ...ages].map((age) => ({
    metric,
    group: age === undefined ? undefined : `age_band.${age}`,
    points: MONTHS.map((period) => ({
      period: period.name,
      ...value(
        spells.filter((spell) => age === undefined || spell.age === age),
        period,
      ),
    })),
  }));
}

const count = (members: Iterable<unknown>): Value => ({ value: [...members].length });
const fraction = (above: number, below: number, n: number): Value => ({
  value: below === 0 ? null : above / below,
  n,
});

function stayed(spells: readonly MembershipRow[], { start, end }: Period) {
  const opening = present(spells, start);
  const closing = present(spells, end);
  return { opening, closing, kept: [...opening].filter((member) => closing.has(member)) };
}

const retention: Change = (spells, period) => {
  const { opening, kept } = stayed(spells, period);
  return fraction(kept.length, opening.size, opening.size);
};

const churn: Change = (spells, period) => {
  const { opening, kept } = stayed(spells, period);
  return fraction(opening.size - kept.length, opening.size, opening.size);
};

const averageChurn: Change = (spells, period) => {
  const { opening, closing } = stayed(spells, period);
  const begun = spells.filter(({ start }) => within(start, period)).map(memberOf);
  const exposed = new Set([...opening, ...begun]);
  const gone = [...exposed].filter((member) => !closing.has(member));
  return fraction(gone.length, (opening.size + closing.size) / 2, exposed.size);
};

/** Members of the close who were none at the opening, and either had been before or never. */
const arrived =
  (isReturn: boolean): Change =>
  (spells, period) => {
    const { opening, closing } = stayed(spells, period);
    const former = new Set(spells.filter(({ start }) => start < period.start).map(memberOf));
    return count([...closing].filter((member) => !opening.has(member) && former.has(member) === isReturn));
  };

const lost: Change = (spells, period) => {
  const { opening, kept } = stayed(spells, period);
  return { value: opening.size - kept.length };
};

const needed: Change = (spells, period) => {
  const { closing, opening, kept } = stayed(spells, period);
  return { value: opening.size === 0 ? null : 300 - (closing.size * kept.length) / opening.size };
};

/** Those who ended a membership in the month, by reason, of all who had one at any time in it. */
function leavingRate(spells: readonly MembershipRow[]): readonly OracleSeries[] {
  const reasons = [...new Set(spells.map(({ reason }) => reason))].filter((reason) => reason !== '(none)');
  return [undefined, ...reasons].map((reason) => ({
    metric: 'leaving_rate',
    group: reason === undefined ? undefined : `left_because.${reason}`,
    points: MONTHS.map((period) => {
      const during = spells.filter(({ start, end }) => start < period.end && end > period.start);
      const ended = spells.filter(
        (spell) => within(spell.end, period) && (reason === undefined || spell.reason === reason),
      );
      const all = distinct(memberOf)(during).value ?? 0;
      return { period: period.name, ...fraction(distinct(memberOf)(ended).value ?? 0, all, all) };
    }),
  }));
}

/** The series of `club.metrics.yaml`, from October 2023 on, when the club began. */
export function retailClub({ memberships }: RetailTables): readonly OracleSeries[] {
  const all = [
    ...series('members', memberships, (own, period) => count(present(own, period.end))),
    ...series('member_retention', memberships, retention),
    ...series('member_churn', memberships, churn),
    ...series('member_churn_on_average', memberships, averageChurn).filter(
      ({ group }) => group === undefined,
    ),
    ...leavingRate(memberships),
    ...series('members_won', memberships, arrived(false)),
    ...series('members_returned', memberships, arrived(true)).filter(({ group }) => group === undefined),
    ...series('members_lost', memberships, lost),
    ...series('members_after_a_year', memberships, afterAYear),
    ...series('members_needed', memberships, needed).filter(({ group }) => group === undefined),
  ];
  return all.map((one) => ({ ...one, points: one.points.filter(({ period }) => period >= '2023-10') }));
}
