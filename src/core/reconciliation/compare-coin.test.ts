/** Whose coins left: told by amounts and by whose guard was taken away, and never to the person's cost. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountTrade } from '../ports/exchange.ts';
import { compareCoin, type CoinComparison, type HeldPosition } from './compare-coin.ts';

const STEP = 0.001;

let trades = 0;

function sale(amount: number, price = 100, over: Partial<AccountTrade> = {}): AccountTrade {
  trades += 1;
  const fee = { currency: 'USDT', amount: 0 };
  const rest = { id: `t${trades}`, exchangeOrderId: `x${trades}`, time: trades };
  return { ...rest, symbol: 'BTC/USDT', side: 'sell', amount, price, fee, ...over };
}

function position(
  amount: number,
  guard: HeldPosition['guard'] = 'ended',
  botId = 'b',
): HeldPosition {
  return { botId, amount, slack: 0.99 * STEP, guard };
}

/** What is said of each position. @param own what the person has beside them @param left of the coin as a whole */
function verdicts(
  positions: readonly HeldPosition[],
  own: number,
  left: number,
  outside: readonly AccountTrade[] = [],
) {
  const booked = own + positions.reduce((sum, { amount }) => sum + amount, 0);
  return compareCoin({ booked, held: booked - left, positions, outside }).map(
    ({ finding }) => finding,
  );
}

describe('a guard that was taken away', () => {
  it.each([0, 7])('leaves its coins where nothing left, beside %d of the person', (own) => {
    expect(verdicts([position(2)], own, 0)).toEqual([{ kind: 'agreed' }]);
  });

  it.each([0, 7])('and coins that were sold beside %d of the person: at their price', (own) => {
    const outside = [sale(1.2, 90), sale(0.8, 80)];
    expect(verdicts([position(2)], own, 2, outside)).toEqual([
      { kind: 'sold-outside', amount: 2, proceeds: 172, time: outside[1]?.time },
    ]);
  });

  it('takes the fees of such a sale off, in money and in coins', () => {
    const inMoney = sale(2, 90, { fee: { currency: 'USDT', amount: 3 } });
    expect(verdicts([position(2)], 5, 2, [inMoney])).toMatchObject([{ proceeds: 177 }]);
    const inCoins = sale(1.99, 90, { fee: { currency: 'BTC', amount: 0.01 } });
    expect(verdicts([position(2)], 5, 2, [inCoins])).toMatchObject([{ kind: 'sold-outside' }]);
  });

  it('and a step that could not be sold: what was sold is out of the books, the rest stays', () => {
    const [finding] = verdicts([position(2.0005)], 5, 2, [sale(2, 90)]);
    expect(finding).toMatchObject({ kind: 'sold-outside', amount: 2, proceeds: 180 });
  });

  it.each([0, 7])('and coins that left without a trade, beside %d of the person', (own) => {
    expect(verdicts([position(2)], own, 2)).toEqual([{ kind: 'missing', cause: 'coins', gone: 2 }]);
  });

  it('is not the reason where the person sold other coins in another order', () => {
    const outside = [sale(2, 90), sale(3, 95)];
    expect(verdicts([position(2)], 7, 5, outside)).toMatchObject([
      { kind: 'sold-outside', amount: 2, proceeds: 180 },
    ]);
  });

  it.each([
    ['more than it has', 3],
    ['less than it has', 1],
  ])('and %s sold out of a larger stock: nobody can tell', (_, amount) => {
    expect(verdicts([position(2)], 7, amount, [sale(amount)])).toMatchObject([
      { kind: 'quarantined' },
    ]);
  });

  it('and everything sold with the person’s own: nothing is left to keep', () => {
    expect(verdicts([position(2)], 7, 9, [sale(9, 50)])).toMatchObject([
      { kind: 'sold-outside', amount: 2, proceeds: 100 },
    ]);
  });

  it('and a part sold where nothing lay beside it: the rest stays', () => {
    expect(verdicts([position(2)], 0, 0.5, [sale(0.5, 90)])).toMatchObject([
      { kind: 'sold-outside', amount: 0.5, proceeds: 45 },
    ]);
  });

  it('and a sale hidden by a purchase is seen by its trades', () => {
    const bought = sale(5, 100, { side: 'buy' });
    expect(verdicts([position(2)], 7, -3, [sale(2), bought])).toMatchObject([
      { kind: 'sold-outside', amount: 2 },
    ]);
  });

  it('and a withdrawal hidden by a purchase is seen too', () => {
    const bought = sale(2, 100, { side: 'buy' });
    expect(verdicts([position(2)], 7, 0, [bought])).toMatchObject([{ kind: 'missing' }]);
  });
});

describe('a position whose guard rests', () => {
  it('is agreed, whatever the person does beside it', () => {
    const resting = [position(2, 'resting')];
    expect(verdicts(resting, 7, 6.5, [sale(4)])).toEqual([{ kind: 'agreed' }]);
    expect(verdicts(resting, 7, 2)).toEqual([{ kind: 'agreed' }]);
    expect(verdicts(resting, 7, -100)).toEqual([{ kind: 'agreed' }]);
  });

  it('is not taken for the one whose guard was taken away', () => {
    const both = [position(2, 'resting', 'safe'), position(2, 'ended', 'gone')];
    expect(verdicts(both, 7, 2, [sale(2)])).toMatchObject([
      { kind: 'agreed' },
      { kind: 'sold-outside' },
    ]);
  });
});

describe('a position that was never guarded at the exchange', () => {
  it('keeps its coins while the person has enough beside them', () => {
    expect(verdicts([position(2, 'none')], 7, 5, [sale(5)])).toEqual([{ kind: 'agreed' }]);
    expect(verdicts([position(2, 'none')], 7, 2)).toEqual([{ kind: 'agreed' }]);
  });

  it('is sold where exactly its coins were', () => {
    expect(verdicts([position(2, 'none')], 7, 2, [sale(2)])).toMatchObject([
      { kind: 'sold-outside' },
    ]);
  });

  it('is missing or sold where nothing is left', () => {
    expect(verdicts([position(2, 'none')], 0, 2)).toMatchObject([{ kind: 'missing' }]);
    expect(verdicts([position(2, 'none')], 0, 2, [sale(2)])).toMatchObject([
      { kind: 'sold-outside' },
    ]);
  });

  it('is left alone where too little is left for all', () => {
    const two = [position(2, 'none', 'one'), position(3, 'none', 'other')];
    expect(verdicts(two, 1, 4.5, [sale(4.5)])).toMatchObject([
      { kind: 'quarantined' },
      { kind: 'quarantined' },
    ]);
  });
});

it('two positions of one amount, both without their guards, are not told apart', () => {
  const twins = [position(2, 'ended', 'one'), position(2, 'ended', 'other')];
  expect(verdicts(twins, 7, 2, [sale(2)])).toMatchObject([
    { kind: 'quarantined' },
    { kind: 'quarantined' },
  ]);
  expect(verdicts(twins, 7, 4, [sale(4)])).toMatchObject([
    { kind: 'sold-outside', amount: 2 },
    { kind: 'sold-outside', amount: 2 },
  ]);
});

it('a rounding of the exchange is nobody’s sale', () => {
  expect(verdicts([position(2)], 0, STEP / 2)).toEqual([{ kind: 'agreed' }]);
});

/** Whole steps, so that sums are what they seem. */
const steps = (max: number) => fc.integer({ min: 1, max }).map((count) => count * STEP);

const anyPositions = fc
  .array(fc.tuple(steps(40), fc.constantFrom('resting', 'ended', 'none')), {
    minLength: 1,
    maxLength: 4,
  })
  .map((list) => list.map(([amount, guard], index) => position(amount, guard, `b${index}`)));

interface Doing {
  readonly kind: 'sell' | 'buy' | 'withdraw' | 'deposit';
  readonly amount: number;
}

const anyDoings = fc.array(
  fc.record<Doing>({
    kind: fc.constantFrom('sell', 'buy', 'withdraw', 'deposit'),
    amount: steps(80),
  }),
  { maxLength: 5 },
);

/** What somebody did in the account, as far as it is possible: coins that rest under an order cannot leave. */
function done(positions: readonly HeldPosition[], own: number, doings: readonly Doing[]) {
  const locked = sumOf(positions.filter(({ guard }) => guard === 'resting'));
  const booked = own + sumOf(positions);
  let held = booked;
  let sold = 0;
  const outside: AccountTrade[] = [];
  for (const { kind, amount } of doings) {
    const isOut = kind === 'sell' || kind === 'withdraw';
    if (isOut && held - amount < locked - STEP / 2) continue;
    held += isOut ? -amount : amount;
    if (kind === 'sell') sold += amount;
    if (kind === 'sell') outside.push(sale(amount, 50 + outside.length));
    if (kind === 'buy') outside.push(sale(amount, 50, { side: 'buy' }));
  }
  const coin: CoinComparison = { booked, held, positions, outside };
  return { coin, sold, locked };
}

function sumOf(positions: readonly { readonly amount: number }[]): number {
  return positions.reduce((sum, { amount }) => sum + amount, 0);
}

describe('whatever somebody does in the account', () => {
  it('positions that are kept are covered by coins that are there', () => {
    fc.assert(
      fc.property(anyPositions, steps(60), anyDoings, (positions, own, doings) => {
        const { coin } = done(positions, own, doings);
        const kept = compareCoin(coin).flatMap(({ botId, finding }) => {
          const held = positions.find((one) => one.botId === botId)?.amount ?? 0;
          if (finding.kind === 'agreed') return [{ amount: held }];
          if (finding.kind === 'sold-outside') return [{ amount: held - finding.amount }];
          return [];
        });
        expect(sumOf(kept)).toBeLessThanOrEqual(coin.held + positions.length * STEP);
      }),
      { numRuns: 2_000 },
    );
  });

  it('no more is booked as sold than was sold, nor for more money', () => {
    fc.assert(
      fc.property(anyPositions, steps(60), anyDoings, (positions, own, doings) => {
        const { coin, sold } = done(positions, own, doings);
        let amount = 0;
        let proceeds = 0;
        for (const { finding } of compareCoin(coin)) {
          if (finding.kind !== 'sold-outside') continue;
          amount += finding.amount;
          proceeds += finding.proceeds;
        }
        const money = coin.outside
          .filter(({ side }) => side === 'sell')
          .reduce((sum, trade) => sum + trade.amount * trade.price, 0);
        expect(amount).toBeLessThanOrEqual(sold + 1e-9);
        expect(proceeds).toBeLessThanOrEqual(money + 1e-6);
      }),
      { numRuns: 2_000 },
    );
  });

  it('a position whose guard was taken away is not guarded again after coins of its amount were sold', () => {
    fc.assert(
      fc.property(steps(40), steps(60), anyDoings, (amount, own, doings) => {
        const positions = [position(amount)];
        const { coin } = done(positions, own, [{ kind: 'sell', amount }, ...doings]);
        const [found] = compareCoin(coin);
        expect(found?.finding.kind).not.toBe('agreed');
      }),
      { numRuns: 1_000 },
    );
  });

  it('nothing is found where nobody took anything out', () => {
    const additions = anyDoings.map((doings) =>
      doings.filter(({ kind }) => kind === 'buy' || kind === 'deposit'),
    );
    fc.assert(
      fc.property(anyPositions, steps(60), additions, (positions, own, doings) => {
        const { coin } = done(positions, own, doings);
        const kinds = compareCoin(coin).map(({ finding }) => finding.kind);
        expect(new Set(kinds)).toEqual(new Set(['agreed']));
      }),
      { numRuns: 1_000 },
    );
  });
});
