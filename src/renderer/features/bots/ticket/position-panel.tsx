/** What the picked bot holds, and the button that sells it. */

import type { AccountKind } from '../../../../contract/trading.ts';
import {
  formatAmount,
  formatDateTime,
  formatMoney,
  formatPercent,
  formatPrice,
  unitsOf,
} from '../../../ui/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Signed } from '../../../ui/signed.tsx';
import { CloseButton } from '../../portfolio/close-button.tsx';
import { GuardTag } from '../../portfolio/guard-tag.tsx';
import { isInDoubt, SettleButtons, VerdictNote } from '../../portfolio/verdict-note.tsx';
import type { Position } from '../bot-of.ts';

interface PositionPanelProps {
  readonly account: AccountKind;
  readonly position: Position;
}

export function PositionPanel({ account, position }: PositionPanelProps) {
  const { symbol, amount, entryPrice, price, unrealisedPnl, stop, guardPlace } = position;
  const { base, quote } = unitsOf(symbol);
  return (
    <Panel
      title="Position"
      actions={
        isInDoubt(position) ? (
          <SettleButtons account={account} position={position} />
        ) : (
          <CloseButton account={account} position={position} />
        )
      }
    >
      {isInDoubt(position) && <VerdictNote position={position} />}
      <dl className="position-facts">
        <dt>PnL</dt>
        <dd>
          <Signed value={unrealisedPnl} format={formatMoney} unit={quote} />
        </dd>
        <dt>Amount</dt>
        <dd className="figure">
          {formatAmount(amount)} <span className="unit">{base}</span>
        </dd>
        <dt>Entry</dt>
        <dd className="figure">{formatPrice(entryPrice)}</dd>
        <dt>Price</dt>
        <dd className="figure">{formatPrice(price)}</dd>
        <dt>
          Stop <GuardTag place={guardPlace} />
        </dt>
        <dd className="figure">{formatPrice(stop)}</dd>
        <OtherExits position={position} />
      </dl>
    </Panel>
  );
}

function OtherExits({ position: { target, trailing, sellAt } }: { position: Position }) {
  const exits = [
    { name: 'Target', text: target === null ? null : formatPrice(target) },
    { name: 'Trailing', text: trailing === null ? null : formatPercent(trailing) },
    { name: 'Sells at', text: sellAt === null ? null : `${formatDateTime(sellAt)} UTC` },
  ];
  return exits.map(({ name, text }) =>
    text === null ? null : (
      <div key={name} className="position-fact">
        <dt>{name}</dt>
        <dd className="figure">{text}</dd>
      </div>
    ),
  );
}
