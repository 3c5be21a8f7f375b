import type { Definition } from './project.ts';

/** The name of a definition as people read it: its label, else its key in words (`tickets_opened`: "Tickets opened"). */
export function labelOf({ label, name }: Pick<Definition, 'label' | 'name'>): string {
  if (label !== undefined) return label;
  const words = name.replaceAll('_', ' ').trim();
  return words === '' ? name : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
