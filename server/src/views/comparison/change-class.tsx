import type { ChangeClass } from '../../core/diff/fact.ts';
import { Icon, type IconName } from '../parts/icon.tsx';

const ICONS: Readonly<Record<ChangeClass, IconName>> = {
  breaking: 'warning',
  values: 'chart',
  targets: 'check',
  cosmetic: 'info',
};

/** What a change does to readers at worst: its word, a picture and a colour, in this order of weight. */
export function ChangeClassBadge({ of }: { readonly of: ChangeClass }) {
  return (
    <span class={`class-badge ${of}`}>
      <Icon name={ICONS[of]} />
      {of}
    </span>
  );
}
