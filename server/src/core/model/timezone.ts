/**
 * Whether a text is the name of a time zone in the IANA database, such as `Europe/London` or `UTC`. Offsets such
 * as `+01:00` are none: they have no daylight saving, and not every engine reads them.
 */
export function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
