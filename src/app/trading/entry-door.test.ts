/** With live mode off nothing can be bought at a real exchange, and everything can be sold. */

import { describe, expect, it } from 'vitest';
import { approvedBuy, approvedSell } from '../../exchanges/conformance/approved-orders.ts';
import type { Instrument } from '../../core/domain/instrument.ts';
import type { ApprovedOrder } from '../../core/risk/approved-order.ts';
import type { ExchangePort } from '../../core/ports/exchange.ts';
import { entryDoor } from './entry-door.ts';

const BTC: Instrument = {
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  amountStep: null,
  minAmount: null,
  priceStep: null,
  minCost: null,
};

/** @param meanwhile what happens before an order leaves */
function exchange(meanwhile: () => void = () => {}): {
  readonly port: ExchangePort;
  readonly sent: ApprovedOrder[];
} {
  const sent: ApprovedOrder[] = [];
  const accepted = { kind: 'accepted', exchangeId: null, shown: null } as const;
  const port: ExchangePort = {
    name: 'Recorder',
    restingExits: 'pair',
    arrivalMs: 0,
    submit: async (order, heldBack) => {
      meanwhile();
      const sentence = heldBack?.() ?? null;
      if (sentence !== null) return { kind: 'rejected', refusal: 'for-good', sentence };
      sent.push(order);
      return accepted;
    },
    submitPair: async (stop, target) => {
      sent.push(stop, target);
      return accepted;
    },
    cancel: () => Promise.resolve({ kind: 'gone' }),
    find: () => Promise.resolve({ ok: true, value: null }),
    openOrders: () => Promise.resolve({ ok: true, value: [] }),
    trades: () => Promise.resolve({ ok: true, value: [] }),
    topOfBook: () => Promise.resolve({ ok: true, value: { bid: 99, ask: 100 } }),
    balances: () => Promise.resolve({ ok: true, value: {} }),
    listen: () => () => {},
  };
  return { port, sent };
}

describe('the door before a real exchange', () => {
  it('lets no entry out while it is closed, and says why', async () => {
    const { port, sent } = exchange();
    const door = entryDoor(port, () => 'Live mode is off.');
    expect(await door.submit(approvedBuy(BTC, 'l-1', 20))).toEqual({
      kind: 'rejected',
      refusal: 'for-good',
      sentence: 'Live mode is off.',
    });
    expect(sent).toEqual([]);
  });

  it('lets every exit out, open or closed', async () => {
    const { port, sent } = exchange();
    const door = entryDoor(port, () => 'Live mode is off.');
    const stop = approvedSell(BTC, 'l-2', 1, 'stop-loss', 90);
    await door.submit(approvedSell(BTC, 'l-1', 1));
    await door.submitPair(stop, approvedSell(BTC, 'l-3', 1, 'take-profit', 120));
    expect(sent.map(({ id }) => id)).toEqual(['l-1', 'l-2', 'l-3']);
  });

  it('asks at every entry, not once', async () => {
    const { port, sent } = exchange();
    let closed: string | null = null;
    const door = entryDoor(port, () => closed);
    await door.submit(approvedBuy(BTC, 'l-1', 20));
    closed = 'Live mode is off.';
    await door.submit(approvedBuy(BTC, 'l-2', 20));
    expect(sent.map(({ id }) => id)).toEqual(['l-1']);
  });

  it('asks again when an entry leaves, of its own symbol, and never an exit', async () => {
    let closed: string | null = null;
    const { port, sent } = exchange(() => {
      closed = 'The price has grown old.';
    });
    const door = entryDoor(port, (symbol) => (symbol === BTC.symbol ? closed : 'Another one.'));
    expect(await door.submit(approvedBuy(BTC, 'l-1', 20))).toMatchObject({ sentence: closed });
    await door.submit(approvedSell(BTC, 'l-2', 1));
    expect(sent.map(({ id }) => id)).toEqual(['l-2']);
  });
});
