import { kindOfValues } from './of-values.ts';

/** `max`: the largest `value`. */
export const max = kindOfValues('max', 'max', 'the largest', false);
