/**
 * A construct of the format as it stands in `workspaces/constructs`, and what the editor has to say of it. The values are worked out by
 * hand from the few rows there are:
 *
 *     orders    January  A 10 web, A 30 shop, B 20 web     February  A 40 web, C 20 shop, C 60 web     March  B 50 web, A 30 shop
 *     accounts  seats  A 10, B 2, C 6     spend  A 110, B 70, C 80
 *     balances  March 1 A 3     March 15 C 4     March 31 A 5, B 2
 *
 * The sources are of different formats: balances a workbook, deliveries TSV packed with gzip, reviews JSON, tickets NDJSON, the others CSV.
 */
export interface Case {
  readonly construct: string;
  /** The metric that uses it, and the value that stands beside it: of March, the last period. */
  readonly metric: string;
  readonly value: string;
  /** What the hover over the metric says of the construct. */
  readonly words: RegExp;
  /** In the file `constructs`, or in `sources`: what is written, cut there, where each of these is offered. */
  readonly cut: readonly [
    file: 'constructs' | 'sources',
    text: string,
    cut: string,
    offered: readonly string[],
  ];
  /** What is written wrong, and the title of the quick fix that writes it as it was. */
  readonly mistake?: readonly [right: string, wrong: string, fix: RegExp];
}

export const CASES: readonly Case[] = [
  {
    construct: 'formula of metrics',
    metric: 'mean_order',
    // (50 + 30) / 2
    value: '40.00',
    words: /revenue \/ orders/,
    cut: ['constructs', 'formula: revenue / orders', 'formula: revenue / ord', ['orders']],
    mistake: ['formula: revenue / orders', 'formula: revenue / ordres', /orders/],
  },
  {
    construct: 'previous',
    metric: 'order_growth',
    // 80 - 120
    value: '-40.00',
    words: /previous\(revenue\)/,
    cut: ['constructs', 'revenue - previous(revenue)', 'revenue - prev', ['previous']],
    mistake: ['revenue - previous(revenue)', 'revenue - previus(revenue)', /previous/],
  },
  {
    construct: 'previous of an interval',
    metric: 'two_months_ago',
    value: '60.00',
    words: /previous\(revenue, '2 months'\)/,
    cut: ['constructs', "previous(revenue, '2 months')", 'previous(rev', ['revenue']],
  },
  {
    construct: 'formula of columns',
    metric: 'from_columns',
    // 80 of the two accounts A and B
    value: '40.00',
    words: /sum\(amount\) \/ count\(distinct account_id\)/,
    cut: ['constructs', 'formula: sum(amount) / count(distinct account_id)', 'formula: sum(am', ['amount']],
    mistake: ['count(distinct account_id)', 'count(distinct acount_id)', /account_id/],
  },
  {
    construct: 'parts',
    metric: 'web_part',
    // 50 / 80
    value: '0.63',
    words: /channel = 'web'/,
    cut: ['constructs', "metric: revenue, where: channel = 'web' }", 'metric: rev }', ['revenue']],
    mistake: ['metric: revenue, where: channel', 'metric: revenu, where: channel', /revenue/],
  },
  {
    construct: 'window of a length',
    metric: 'recent_revenue',
    // 120 + 80
    value: '200.00',
    words: /over the trailing 2 months/,
    cut: ['constructs', 'window: 2 months', 'window: ', ['year_to_date', 'all_time']],
  },
  {
    construct: 'window to date',
    metric: 'year_revenue',
    // 60 + 120 + 80
    value: '260.00',
    words: /since the start of the year/,
    cut: ['constructs', 'window: year_to_date', 'window: year', ['year_to_date']],
    mistake: ['window: year_to_date', 'window: year_to_dat', /year_to_date/],
  },
  {
    construct: 'at',
    metric: 'licences_now',
    // The rows of 31 March: 5 + 2
    value: '7.00',
    words: /only the latest rows of each period/,
    cut: ['constructs', 'value: licences, at: last }', 'value: licences, at:  }', ['first', 'last']],
    mistake: ['value: licences, at: last }', 'value: licences, at: lsat }', /last/],
  },
  {
    construct: 'at_per',
    metric: 'licences_each',
    // The latest of each: A 5, B 2, C 4
    value: '11.00',
    words: /latest rows of each period for each `?account_id/,
    cut: ['constructs', 'at_per: account_id', 'at_per: acc', ['account_id']],
    mistake: ['at_per: account_id', 'at_per: acount_id', /account_id/],
  },
  {
    construct: 'per',
    metric: 'spend_each',
    // (110 + 70 + 80) / 3
    value: '86.67',
    words: /each value being that of one `?account_id/,
    cut: ['constructs', 'per: account_id, window: all_time', 'per: acc, window: all_time', ['account_id']],
    mistake: ['per: account_id, window: all_time', 'per: acount_id, window: all_time', /account_id/],
  },
  {
    construct: 'once_per',
    metric: 'seats_each',
    // (10 + 2 + 6) / 3
    value: '6.00',
    words: /each `?account`? counted once/,
    cut: ['constructs', 'once_per: account, window', 'once_per: , window', ['account']],
    mistake: ['once_per: account, window', 'once_per: acount, window', /account/],
  },
  {
    construct: 'total_over',
    metric: 'channel_part',
    value: '1.00',
    words: /By channel only the numerator is split/i,
    cut: ['constructs', 'total_over: [channel]', 'total_over: []', ['channel', 'size']],
    mistake: ['total_over: [channel]', 'total_over: [chanel]', /channel/],
  },
  {
    construct: 'filtered reuse',
    metric: 'big_part',
    // The order of 50, of two
    value: '0.50',
    words: /amount >= 40/,
    cut: [
      'constructs',
      'numerator: { metric: orders, where: amount >= 40 }',
      'numerator: { metric: ord }',
      ['orders'],
    ],
    mistake: ['numerator: { metric: orders,', 'numerator: { metric: ordes,', /orders/],
  },
  {
    construct: 'columns of rows that link here',
    metric: 'high_accounts',
    // A and C
    value: '2',
    words: /spend >= 80/,
    cut: ['sources', 'of: orders, value: sum(amount)', 'of: ord, value: sum(amount)', ['orders']],
    mistake: ['where: spend >= 80', 'where: spnd >= 80', /spend/],
  },
  {
    construct: 'union',
    metric: 'all_feedback',
    value: '5',
    words: /Feedback/,
    cut: ['sources', 'reviews: { id: review_id, at', 'reviews: { id: rev, at', ['review_id']],
  },
  {
    construct: 'where of a source',
    metric: 'web_only',
    value: '1',
    words: /Web orders/,
    cut: ['sources', "where: channel = 'web' }", 'where: chan }', ['channel']],
  },
  {
    construct: 'one_per',
    metric: 'last_orders',
    // The last of A and of B are of March, that of C of February
    value: '2',
    words: /Latest orders/,
    cut: ['sources', 'keep: last, by: ordered_on', 'keep: , by: ordered_on', ['first', 'last']],
  },
  {
    construct: 'sampled_by',
    metric: 'drawn_share',
    // Five of eight
    value: '62.5 %',
    words: /Drawn orders/,
    cut: ['sources', 'sampled_by: account_id', 'sampled_by: acc', ['account_id']],
  },
  {
    construct: 'coverage',
    metric: 'counted_share',
    value: '50.0 %',
    words: /All orders/,
    cut: ['sources', 'coverage: census', 'coverage: ', ['census', 'sample']],
  },
  {
    construct: 'via',
    metric: 'delivery_regions',
    value: '3',
    words: /by way of `?receiver/,
    cut: ['constructs', 'via: receiver', 'via: ', ['receiver', 'sender']],
    mistake: ['via: receiver', 'via: reciever', /receiver/],
  },
  {
    construct: 'grain: all',
    metric: 'all_revenue',
    value: '260.00',
    words: /over all of time/,
    cut: ['constructs', 'grain: all }', 'grain:  }', ['all', 'month']],
    mistake: ['grain: all }', 'grain: al }', /all/],
  },
  {
    construct: 'groups that overlap',
    metric: 'largest_by_size',
    // Of 50 and 30
    value: '50.00',
    words: /Broken down by Size/i,
    cut: ['constructs', 'segments: [size] }', 'segments: [] }', ['size', 'channel', 'place']],
    mistake: ['segments: [size] }', 'segments: [sise] }', /size/],
  },
  {
    construct: 'a segment over several sources, and the time zone of a source',
    metric: 'tickets_by_place',
    // The first was opened on 28 February in New York, and on 1 March in UTC
    value: '2',
    words: /Broken down by Place/i,
    cut: ['constructs', 'segments: [place] }', 'segments: [pl] }', ['place']],
  },
  {
    construct: 'ignore comments',
    metric: 'above',
    value: '100.0 %',
    words: /amount > 0/,
    cut: ['constructs', 'percent-above-one: everything', 'perc: everything', ['percent-above-one']],
    mistake: [
      'ignore percent-above-one: everything',
      'ignore percent-above-on: everything',
      /percent-above-one/,
    ],
  },
];
