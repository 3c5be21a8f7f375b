/**
 * The types of columns and expressions. `unknown` is a column whose type nobody declared and no engine has
 * read yet: it fits everywhere. `null` is the type of the literal `null`: it fits everywhere too.
 */
export type ValueType = 'boolean' | 'integer' | 'number' | 'text' | 'date' | 'timestamp' | 'unknown' | 'null';

/** The types that a column can be declared with. */
export const COLUMN_TYPES = ['boolean', 'integer', 'number', 'text', 'date', 'timestamp'] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];
