import type { Expectations } from './expectations.ts';
import { learning } from './learning.ts';
import { satisfaction } from './satisfaction.ts';

/** What is expected of the recipes of each chapter, by the name of its page in `docs/cookbook`. */
export const chapters: Readonly<Record<string, Expectations>> = { learning, satisfaction };
