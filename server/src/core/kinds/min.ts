import { kindOfValues } from './of-values.ts';

/** `min`: the smallest `value`. */
export const min = kindOfValues('min', 'min', 'the smallest', false);
