/** How long ago something was, with the exact moment on hover and focus. */

import { formatDuration, formatExactTime } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';

interface WhenProps {
  /** ms UTC. */
  readonly time: number;
  /** Tells the time of day instead. */
  readonly isClock?: boolean;
}

export function When({ time, isClock = false }: WhenProps) {
  const seconds = new Date(time).toISOString();
  const exact = `${formatExactTime(time)} UTC`;
  return (
    <time className="figure when" dateTime={seconds} title={exact}>
      {isClock ? seconds.slice(11, 19) : <Age time={time} />}
    </time>
  );
}

/** Ages are told in whole units: 3 s, 4 min, 2 h. */
function Age({ time }: { time: number }) {
  const age = Math.max(0, useNow() - time);
  if (age < 1_000) return 'now';
  const [largest = ''] = formatDuration(age).split(' ');
  return `${largest} ago`;
}
