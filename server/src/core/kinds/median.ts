import { kindOfValues } from './of-values.ts';

/** `median` of `value`: the middle value, or the mean of the two middle ones. */
export const median = kindOfValues('median', 'median', 'the median');
