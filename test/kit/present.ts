/** The value, or a failure that names what is missing: for tests that need a definition to be there. */
export function present<T>(value: T | undefined, what = 'value'): T {
  if (value === undefined) throw new Error(`There is no ${what}.`);
  return value;
}
