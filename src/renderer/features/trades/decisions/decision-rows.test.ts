import { expect, it } from 'vitest';
import type { DecisionLine } from '../../../../contract/trading.ts';
import type { Books } from '../books.ts';
import { decisionRows, isOfKind } from './decision-rows.ts';

const BOOKS: Books = {
  key: 'live 1',
  account: 'live',
  accountId: 1,
  isCurrent: true,
  title: 'Live',
  bots: [{ id: 'b-17', name: 'Rosa' }],
};

const DENIED: DecisionLine = {
  time: 2_000,
  botId: 'b-17',
  symbol: 'BTC/USDT',
  kind: 'denied',
  code: 'NOTIONAL_BELOW_MINIMUM',
  sentence: 'b-17 asked for 1.40 of at least 2.00 USD.',
};
const ALERT: DecisionLine = {
  time: 1_000,
  botId: null,
  symbol: null,
  kind: 'alert',
  code: 'DAILY_LOSS',
  sentence: 'The day has lost its limit.',
};

it('names the bot, and gives each row an id that stays when news comes', () => {
  const rows = decisionRows(BOOKS, [DENIED, ALERT]);
  expect(rows.map(({ id, bot, sentence }) => [id, bot, sentence])).toEqual([
    ['2', 'Rosa', 'Rosa asked for 1.40 of at least 2.00 USD.'],
    ['1', null, 'The day has lost its limit.'],
  ]);
  expect(decisionRows(BOOKS, [ALERT])[0]?.id).toBe('1');
});

it('is narrowed by its kind', () => {
  const rows = decisionRows(BOOKS, [DENIED, ALERT]);
  expect(rows.filter((row) => isOfKind(row, 'denied')).map(({ code }) => code)).toEqual([
    'NOTIONAL_BELOW_MINIMUM',
  ]);
  expect(rows.filter((row) => isOfKind(row, 'all'))).toHaveLength(2);
});
