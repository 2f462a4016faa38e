import { describe, expect, it } from 'vitest';
import type { Execution } from '../../../core/accounting/execution.ts';
import { fifo } from '../../../core/accounting/fifo.ts';
import { bought, sold } from '../../../core/accounting/testing/execution-builder.ts';
import { taxCsv } from './tax-csv.ts';

const HEADER =
  'date,pair,side,amount,price,fee,fee_currency,realised_pnl,realised_pnl_currency,cost,order_id,fill_id,note';

const bnb = (feeInQuote: number | null) => ({
  fee: { currency: 'BNB', amount: 1e-8 },
  feeInQuote,
});

function lines(...executions: readonly Execution[]): string[] {
  const text = [...taxCsv(fifo(executions).rows)].join('');
  expect(text.endsWith('\r\n')).toBe(true);
  return text.slice(0, -2).split('\r\n');
}

it('tells the story of two buys and a sale', () => {
  const usdt = (amount: number) => ({ fee: { currency: 'USDT', amount }, feeInQuote: amount });
  expect(
    lines(
      bought(1, 100, { ...usdt(1), time: 1_700_000_000_000 }),
      bought(1, 120, { ...usdt(2), time: 1_700_000_000_500, orderId: 'o2', fillId: 'f2' }),
      sold(1.5, 150, { ...usdt(3), time: 1_700_000_060_000, orderId: 'o3', fillId: 'f3' }),
    ),
  ).toEqual([
    HEADER,
    '2023-11-14T22:13:20.000Z,BTC/USDT,buy,1,100,1,USDT,0,USDT,100,o1,f1,',
    '2023-11-14T22:13:20.500Z,BTC/USDT,buy,1,120,2,USDT,0,USDT,120,o2,f2,',
    '2023-11-14T22:14:20.000Z,BTC/USDT,sell,1.5,150,3,USDT,60,USDT,225,o3,f3,',
  ]);
});

it('writes the header alone where nothing was traded', () => {
  expect(lines()).toEqual([HEADER]);
});

describe('what is not known', () => {
  it('is empty, and said in words', () => {
    const sale = lines(sold(1, 150))[1];
    expect(sale).toBe(
      '1970-01-01T00:00:00.000Z,BTC/USDT,sell,1,150,0,USDT,,USDT,150,o1,f1,' +
        'Profit or loss not known: no purchase of this BTC with USDT is on record.',
    );
  });

  it('is said of a part', () => {
    const sale = lines(bought(1, 100), sold(1.00000001, 150, { cost: 150 }))[2];
    expect(sale?.split(',').at(-1)).toBe(
      'No purchase with USDT is on record for 0.00000001 BTC: realised_pnl counts the rest of this sale only.',
    );
  });

  it('is said of fees, at the buy and at the sale', () => {
    const [, buy, sale] = lines(bought(1, 100, bnb(null)), sold(1, 150, bnb(0.5)));
    expect(buy).toBe(
      '1970-01-01T00:00:00.000Z,BTC/USDT,buy,1,100,0.00000001,BNB,0,USDT,100,o1,f1,' +
        'The fee in BNB had no known price in USDT: the cost of these coins does not include it.',
    );
    expect(sale).toBe(
      '1970-01-01T00:00:00.000Z,BTC/USDT,sell,1,150,0.00000001,BNB,49.5,USDT,150,o1,f1,' +
        'A fee of this sale or of its purchase had no known price in USDT: realised_pnl does not include it.',
    );
  });
});

it('comes in pieces of many rows, and holds each row once', () => {
  const executions = Array.from({ length: 5_000 }, (_, index) =>
    bought(1, 100, { time: index * 1_000, fillId: `f${index}` }),
  );
  const chunks = [...taxCsv(fifo(executions).rows)];
  expect(chunks).toHaveLength(4);
  const ids = chunks.join('').match(/f\d+(?=,\r\n)/g);
  expect(ids).toEqual(executions.map(({ fillId }) => fillId));
});
