import type { Rule } from '../report.ts';
import { ambiguousPath } from './ambiguous-path.ts';
import { averageOfAverages } from './average-of-averages.ts';
import { badIgnore } from './bad-ignore.ts';
import { badPeriod } from './bad-period.ts';
import { deprecatedMetric } from './deprecated-metric.ts';
import { duplicateName } from './duplicate-name.ts';
import { expressionCut } from './expression-cut.ts';
import { expressionSyntax } from './expression-syntax.ts';
import { filteredApart } from './filtered-apart.ts';
import { linkKey } from './link-key.ts';
import { metricNeedsDescription } from './metric-needs-description.ts';
import { metricNeedsOwner } from './metric-needs-owner.ts';
import { misplacedAggregate } from './misplaced-aggregate.ts';
import { misplacedPercent } from './misplaced-percent.ts';
import { missingColumn } from './missing-column.ts';
import { missingGroup } from './missing-group.ts';
import { missingSource } from './missing-source.ts';
import { missingWhen } from './missing-when.ts';
import { mixedTimes } from './mixed-times.ts';
import { notAvailable } from './not-available.ts';
import { nullComparison } from './null-comparison.ts';
import { percentAboveOne } from './percent-above-one.ts';
import { pointlessWhen } from './pointless-when.ts';
import { readerOption } from './reader-option.ts';
import { referenceCycle } from './reference-cycle.ts';
import { repeatedHeader } from './repeated-header.ts';
import { sameMetric } from './same-metric.ts';
import { scaleMismatch } from './scale-mismatch.ts';
import { targetDirection } from './target-direction.ts';
import { targetNeedsWhy } from './target-needs-why.ts';
import { tooComplex } from './too-complex.ts';
import { undeclaredValue } from './undeclared-value.ts';
import { unevenWhere } from './uneven-where.ts';
import { unevenWindow } from './uneven-window.ts';
import { unknownColumn } from './unknown-column.ts';
import { unknownFunction } from './unknown-function.ts';
import { unknownLink } from './unknown-link.ts';
import { unknownName } from './unknown-name.ts';
import { unknownRule } from './unknown-rule.ts';
import { unknownVersion } from './unknown-version.ts';
import { unreachableSegment } from './unreachable-segment.ts';
import { unusedSegment } from './unused-segment.ts';
import { unusedSource } from './unused-source.ts';
import { valueBehindLink } from './value-behind-link.ts';
import { wrongArguments } from './wrong-arguments.ts';
import { wrongFields } from './wrong-fields.ts';
import { wrongType } from './wrong-type.ts';

/** Every rule of the check floor. A rule that is not listed here does not exist. */
export const rules: readonly Rule[] = [
  ambiguousPath,
  averageOfAverages,
  badIgnore,
  badPeriod,
  deprecatedMetric,
  duplicateName,
  expressionCut,
  expressionSyntax,
  filteredApart,
  linkKey,
  metricNeedsDescription,
  metricNeedsOwner,
  misplacedAggregate,
  misplacedPercent,
  missingColumn,
  missingGroup,
  missingSource,
  missingWhen,
  mixedTimes,
  notAvailable,
  nullComparison,
  percentAboveOne,
  pointlessWhen,
  readerOption,
  referenceCycle,
  repeatedHeader,
  sameMetric,
  scaleMismatch,
  targetDirection,
  targetNeedsWhy,
  tooComplex,
  undeclaredValue,
  unevenWhere,
  unevenWindow,
  unknownColumn,
  unknownFunction,
  unknownLink,
  unknownName,
  unknownRule,
  unknownVersion,
  unreachableSegment,
  unusedSegment,
  unusedSource,
  valueBehindLink,
  wrongArguments,
  wrongFields,
  wrongType,
];
