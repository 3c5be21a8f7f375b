import type { Expectations } from './expectations.ts';
import { feedback } from './feedback.ts';
import { learning } from './learning.ts';
import { product } from './product.ts';
import { retention } from './retention.ts';
import { satisfaction } from './satisfaction.ts';
import { segments } from './segments.ts';
import { support } from './support.ts';
import { value } from './value.ts';

/** What is expected of the recipes of each chapter, by the name of its page in `docs/cookbook`. */
export const chapters: Readonly<Record<string, Expectations>> = {
  feedback,
  learning,
  product,
  retention,
  satisfaction,
  segments,
  support,
  value,
};
