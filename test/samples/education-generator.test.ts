import { lawsOfGenerator } from './generator-laws.ts';

describe('the generator of the education sample', () => {
  // The story has 458 enquiries about courses on site, 392 about evening courses and 464 about online ones.
  lawsOfGenerator('education', { table: 'people.csv', rowsAtHalf: 657, option: 'seed' });
});
