/** Columns of a scan's result: the period's first day (null in a snapshot or over all time) and the groups. */
export const PERIOD = 'period';
export const groupColumn = (index: number): string => `group_${index + 1}`;
/** The rows in a period and group before any metric's `where`. */
export const ROWS = 'rows';
