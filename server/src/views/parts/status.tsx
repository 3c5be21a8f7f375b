import { statusWords, type TargetStatus } from '../../core/evaluate/target-status.ts';
import { Icon, type IconName } from './icon.tsx';

type Tone = 'good' | 'warn' | 'bad' | 'none';

const LOOKS: Readonly<Record<TargetStatus, { readonly icon: IconName; readonly tone: Tone }>> = {
  met: { icon: 'check', tone: 'good' },
  on_track: { icon: 'up', tone: 'good' },
  at_risk: { icon: 'warning', tone: 'warn' },
  inconclusive: { icon: 'question', tone: 'warn' },
  off_track: { icon: 'down', tone: 'bad' },
  missed: { icon: 'cross', tone: 'bad' },
  no_data: { icon: 'dash', tone: 'none' },
};

/** The status of a target: its word, a picture and a colour, in this order of weight. */
export function Status({ status }: { readonly status: TargetStatus }) {
  const { icon, tone } = LOOKS[status];
  return (
    <span class={`status ${tone}`}>
      <Icon name={icon} />
      {statusWords(status)}
    </span>
  );
}
