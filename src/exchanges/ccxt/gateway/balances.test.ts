/** What an account holds that an order could take, by the names that each exchange lists it under. */

import { describe, expect, it } from 'vitest';
import { units } from '../../../../e2e/exchange-simulator/decimal.ts';
import { approvedSell, bounded } from '../../conformance/approved-orders.ts';
import { json } from '../testing/loopback.ts';
import { entriesOf } from './implicit-call.ts';
import { heldAtKraken } from './kraken-balances.ts';
import { aCoinbaseGateway } from './testing/coinbase-account.ts';
import { aGateway, BTC, type OpenedGateway } from './testing/gateway-stage.ts';
import { aKrakenGateway } from './testing/simulated-venue.ts';

/** Until it is given up. */
async function patiently(
  { clock }: Pick<OpenedGateway, 'clock'>,
  answer: Promise<unknown>,
): Promise<unknown> {
  for (const ms of [500, 1_000, 2_000]) {
    await clock.armed(1);
    clock.advance(ms);
  }
  return answer;
}

describe('what is held at Kraken', () => {
  it('counts what earns rewards as the coin itself, and what is put away not at all', async () => {
    const { gateway, simulator } = await aKrakenGateway({
      balances: {
        BTC: units('0.1'),
        USDT: units('1000'),
        'XBT.B': units('1'),
        'XBT.S': units('2'),
        'XBT.M': units('3'),
        'DOT28.S': units('4'),
        'USDT.HOLD': units('5'),
        KFEE: units('6'),
      },
    });
    simulator.control.reward('BTC', '0.04');
    simulator.control.reward('USDT', '900');
    expect(await gateway.balances()).toEqual({
      ok: true,
      value: { BTC: { free: 0.1, locked: 0 }, USDT: { free: 1_000, locked: 0 } },
    });
  });

  it('is sold through the coin, and shows what an order holds', async () => {
    const { gateway, simulator } = await aKrakenGateway();
    simulator.control.reward('BTC', '0.1');
    await gateway.submit(approvedSell(BTC, 'l1-1', 0.03, 'stop-loss', 55_000));
    expect(await gateway.balances()).toMatchObject({ value: { BTC: { locked: 0.03 } } });
    expect(await gateway.submit(bounded(approvedSell(BTC, 'l1-2', 0.05), 59_000))).toMatchObject({
      kind: 'accepted',
      shown: { state: 'filled' },
    });
    const held = await gateway.balances();
    if (!held.ok) throw new Error(held.error.sentence);
    expect(held.value['BTC']?.free).toBeCloseTo(0.02, 9);
  });

  it('is what the account owns: credit is not, and what was drawn of it is owed', () => {
    const codeOf = (id: string): string => id.slice(1);
    const row = { balance: '100', hold_trade: '30', credit: '500', credit_used: '20' };
    expect(heldAtKraken([['ZUSD', row]], codeOf)).toEqual({ USD: { free: 50, locked: 30 } });
    const onCredit = { balance: '10', hold_trade: '30', credit: '500', credit_used: '20' };
    expect(heldAtKraken([['ZUSD', onCredit]], codeOf)).toEqual({ USD: { free: 0, locked: 0 } });
    expect(() => heldAtKraken([['ZUSD', { balance: 'much' }]], codeOf)).toThrow('"balance"');
  });
});

describe('what is held at Binance', () => {
  it('leaves out what Earn has taken in, and keeps a coin whose name begins alike', async () => {
    const { gateway } = await aGateway('binance', {
      balances: {
        BTC: units('0.1'),
        LDBTC: units('2'),
        LDUSDT: units('3'),
        LD: units('4'),
        USDT: units('5'),
      },
    });
    const held = await gateway.balances();
    if (!held.ok) throw new Error(held.error.sentence);
    expect(Object.keys(held.value).toSorted()).toEqual(['BTC', 'LD', 'USDT']);
  });
});

describe('what is held at Coinbase', () => {
  const account = (currency: string, value: string, hold: string) => ({
    currency,
    type: 'ACCOUNT_TYPE_CRYPTO',
    available_balance: { value, currency },
    hold: { value: hold, currency },
  });
  const pages: Readonly<Record<string, unknown>> = {
    '': { accounts: [account('BTC', '0.4', '0.1')], has_next: true, cursor: 'one' },
    one: { accounts: [], has_next: true, cursor: 'two' },
    two: { accounts: [account('USD', '20', '0')], has_next: false, cursor: '' },
  };

  it('is read page after page, by the calls that show what orders hold', async () => {
    const stage = await aCoinbaseGateway();
    stage.says('GET /accounts', ({ query }) => json(pages[query['cursor'] ?? '']));
    expect(await stage.gateway.balances()).toEqual({
      ok: true,
      value: { BTC: { free: 0.4, locked: 0.1 }, USD: { free: 20, locked: 0 } },
    });
    const asked = stage.exchange.asked.filter((path) => path.includes('/accounts'));
    expect(asked.every((path) => path.startsWith('/api/v3/brokerage/accounts'))).toBe(true);
  });

  it('is not told by a part of the list, where it never ends', async () => {
    const stage = await aCoinbaseGateway();
    const page = { accounts: [], has_next: true, cursor: 'same' };
    stage.says('GET /accounts', json(page));
    expect(await patiently(stage, stage.gateway.balances())).toMatchObject({ ok: false });
  });
});

describe('an answer without any list', () => {
  it('is no account without anything at Binance', async () => {
    const stage = await aGateway('binance');
    await stage.gateway.balances();
    stage.simulator.control.fault({ kind: 'body', path: '/account', body: '{}', times: 4 });
    expect(await patiently(stage, stage.gateway.balances())).toMatchObject({ ok: false });
  });

  it('nor at Kraken', async () => {
    expect(() => entriesOf({ error: [] }, 'result')).toThrow('"result"');
  });

  it('nor at Coinbase', async () => {
    const stage = await aCoinbaseGateway();
    stage.says('GET /accounts', json({}));
    expect(await patiently(stage, stage.gateway.balances())).toMatchObject({ ok: false });
  });
});
