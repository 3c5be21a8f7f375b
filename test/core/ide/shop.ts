/** A small shop in which the tests of the cursor stand: its sources, with everything about them declared. */
export const SHOP = {
  'data/orders.csv':
    'order_id,ordered_at,city,amount,customer_id\n1,2025-01-02,Bath,10,A\n2,2025-02-03,York,20,B\n',
  'data/customers.csv': 'customer_id,joined_on,country\nA,2024-01-01,GB\nB,2024-02-01,FR\n',
  'sources.metrics.yaml': `plumbline: 1
sources:
  orders:
    data: data/orders.csv
    key: order_id
    time: ordered_at
    columns:
      amount: { type: number, description: Price paid }
      city: { type: text }
    links:
      customer: { to: customers, using: customer_id }
  customers: { data: data/customers.csv, key: customer_id }
segments:
  country: { source: customers, by: country }
  size: { source: orders, groups: { small: amount < 15, large: amount >= 15 } }
`,
};

/** The shop with one more metrics file, which is the one with the cursor. */
export function shopWith(text: string): Readonly<Record<string, string>> {
  return { 'a.metrics.yaml': `plumbline: 1\n${text}`, ...SHOP };
}
