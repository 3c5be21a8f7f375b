/** Tickets with a key that is there twice and values that their columns do not allow, so that there are findings to be right about. */
export function faultyTickets(tickets: string): string {
  const [header = '', first = ''] = tickets.split('\n');
  const columns = header.split(',');
  const rowOf = (values: Readonly<Record<string, string>>): string => {
    const cells = first.split(',').map((cell, index) => values[columns[index] ?? ''] ?? cell);
    return `${cells.join(',')}\n`;
  };
  return [
    tickets,
    rowOf({ priority: 'high' }),
    rowOf({ ticket_id: 'T-late', first_reply_at: 'soon' }),
    rowOf({ ticket_id: 'T-lost', account_id: 'nobody' }),
  ].join('');
}
