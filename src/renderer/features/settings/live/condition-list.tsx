/** The conditions of the live gate in order, each with its state and how to mend it. */

import { IconCircleCheckFilled, IconCircleDashed } from '@tabler/icons-react';
import type { LiveState } from '../../../../contract/live.ts';

type Condition = LiveState['conditions'][number];

const TITLES = {
  allowed: 'Live trading is allowed on this computer',
  healthy: 'The exchange is well and the clocks agree',
  credentials: 'The key is validated and cannot withdraw',
  reconciled: 'Orders and balances are compared',
  'loss-limit': "Today's loss is within the limit",
  confirmed: 'You have confirmed it',
} as const satisfies Record<Condition['name'], string>;

export function ConditionList({ conditions }: { conditions: readonly Condition[] }) {
  return (
    <ol className="conditions" aria-label="Conditions of live mode">
      {conditions.map(({ name, holds, reason }) => (
        <li key={name} className="condition" data-holds={holds}>
          {holds ? (
            <IconCircleCheckFilled size={18} aria-hidden="true" />
          ) : (
            <IconCircleDashed size={18} aria-hidden="true" />
          )}
          <div>
            <p className="strong">
              {TITLES[name]}
              <span className="visually-hidden">{holds ? ': holds' : ': missing'}</span>
            </p>
            <p className="quiet">{reason}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
