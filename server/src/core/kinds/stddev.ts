import { kindOfValues } from './of-values.ts';

/** `stddev`: the sample standard deviation of `value`, which divides by n − 1; null below two values. */
export const stddev = kindOfValues('stddev', 'stddev', 'the sample standard deviation');
