/** A metric whose change is told as policies ask for, in the Markdown of their documentation. */
export const NOTED_EXAMPLE = `\`\`\`yaml
metrics:
  paid_orders:
    type: count
    source: orders
    where: amount > 0
    version: 2
    changes:
      - { version: 2, date: 2025-06-01, note: leaves out orders that cost nothing }
\`\`\``;
