/** What the exchange says of a position where that is not what the books say, and what a person can do about it. */

import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { AccountKind, TradingStatus } from '../../../contract/trading.ts';
import type { Verdict } from '../../../core/domain/verdict.ts';
import { useServices } from '../../app/services.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { formatAmount, unitsOf } from '../../ui/format.ts';
import { notifyDone } from '../../ui/notify.ts';
import { Tag } from '../../ui/tag.tsx';

type Position = TradingStatus['positions'][number];

const WORDS: Readonly<Record<Verdict, string>> = {
  agreed: 'agreed',
  unguarded: 'being compared',
  'sold-outside': 'sold outside',
  missing: 'missing',
  'held-before': 'held from before',
  quarantined: 'quarantined',
};

/** Whether a position is in doubt: what stands there instead of its guard and its button to close. */
export function isInDoubt({ verdict }: Position): boolean {
  return verdict.since !== null;
}

export function VerdictNote({ position }: { position: Position }) {
  const { kind, sentence } = position.verdict;
  return (
    <span className="position-verdict" role="note">
      <Tag tone={kind === 'unguarded' ? 'warn' : 'bad'}>{WORDS[kind]}</Tag> {sentence}
    </span>
  );
}

interface SettleButtonsProps {
  readonly account: AccountKind;
  readonly position: Position;
}

export function SettleButtons({ account, position }: SettleButtonsProps) {
  const { tradingActions } = useServices();
  const [asked, setAsked] = useState<'keep' | 'write-off' | null>(null);
  const { botId, symbol, amount, verdict } = position;
  const what = `${formatAmount(amount)} ${unitsOf(symbol).base}`;
  const ask = { account, botId };
  const keep = async (): Promise<void> => {
    setAsked(null);
    const done = await tradingActions.ask('The position was not kept', 'positions.keep', ask);
    if (done !== null) notifyDone(`${what} are guarded again.`);
  };
  const writeOff = async (): Promise<void> => {
    setAsked(null);
    const refused = 'The position was not written off';
    const done = await tradingActions.ask(refused, 'positions.write-off', ask);
    if (done !== null) notifyDone(`${what} are out of the books. Nothing was sold.`);
  };
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      {verdict.waysOut.includes('keep') && (
        <Button variant="default" size="compact-xs" onClick={() => setAsked('keep')}>
          It is still mine
        </Button>
      )}
      {verdict.waysOut.includes('write-off') && (
        <Button variant="default" size="compact-xs" onClick={() => setAsked('write-off')}>
          Write off
        </Button>
      )}
      <ConfirmDialog
        opened={asked === 'keep'}
        title={`Keep the position in ${symbol}`}
        confirm={`Guard ${what} again`}
        onConfirm={() => void keep()}
        onClose={() => setAsked(null)}
      >
        CryptoPiggy places the stop again over {what} of this account, and sells them when it is
        reached. Do so only if these coins are the ones that it bought.
      </ConfirmDialog>
      <ConfirmDialog
        opened={asked === 'write-off'}
        title={`Write off the position in ${symbol}`}
        confirm={`Write off ${what}`}
        onConfirm={() => void writeOff()}
        onClose={() => setAsked(null)}
      >
        {what} go out of the books at their last price, and nothing is sold. Coins that are still in
        the account are yours, and CryptoPiggy leaves them alone.
      </ConfirmDialog>
    </Group>
  );
}
