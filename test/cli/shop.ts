/** The settings of a project whose data end in March. */
export const SETTINGS = 'plumbline: 1\nname: shop\ncurrency: EUR\nas_of: 2025-03-31\n';

/** Revenue by month: 40, 20, 120. Orders: 2, 1, 2. Of kind b: 1 of 2, 0 of 1, 1 of 2. */
export const ORDERS = `id,at,amount,kind,shop_id
1,2025-01-05,10,a,1
2,2025-01-20,30,b,2
3,2025-02-03,20,a,1
4,2025-03-01,50,a,1
5,2025-03-15,70,b,1
`;

/** Three metrics, a segment, a link and a target. */
export const METRICS = `plumbline: 1
sources:
  orders:
    data: orders.csv
    key: id
    time: at
    links:
      shop: { to: shops, using: shop_id }
  shops: { data: shops.csv, key: shop_id }
segments:
  kind: { source: orders, by: kind }
metrics:
  revenue:
    type: sum
    label: Revenue
    source: orders
    value: amount
    unit: currency
    better: higher
    segments: [kind]
  orders: { type: count, source: orders, label: Orders }
  b_share:
    type: share
    label: Share of b
    source: orders
    matching: kind = 'b'
    better: lower
targets:
  revenue_in_march:
    metric: revenue
    at_least: 100
    due: 2025-03
    owner: cx
    why: It pays the rent.
`;

/** A project small enough to be computed by hand. */
export const SHOP = {
  'plumbline.yaml': SETTINGS,
  'orders.csv': ORDERS,
  'shops.csv': 'shop_id,city\n1,Ghent\n2,"=1+1"\n',
  'shop.metrics.yaml': METRICS,
};
