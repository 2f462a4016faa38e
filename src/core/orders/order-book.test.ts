/** The orders of an account: open ones, and the last ones that ended. */

import { expect, it } from 'vitest';
import { gatedSell } from '../testing/gated-orders.ts';
import { OrderBook } from './order-book.ts';
import { newRecord, type OrderRecord } from './order-record.ts';

const open = (id: string): OrderRecord => newRecord(gatedSell(id, 1), 'b', null, 1);
const ended = (id: string): OrderRecord => ({ ...open(id), state: 'cancelled' });
const ids = (records: readonly OrderRecord[]): readonly string[] =>
  records.map(({ order }) => order.id);

it('keeps the latest of each order, and forgets the oldest of those that ended', () => {
  const book = new OrderBook(2);
  for (const id of ['a', 'b', 'c', 'd']) book.keep(open(id));
  book.keep({ ...open('a'), state: 'accepted' });
  expect(book.get('a')?.state).toBe('accepted');
  for (const id of ['c', 'a']) book.keep(ended(id));
  expect(ids(book.open)).toEqual(['b', 'd']);
  expect(ids(book.all)).toEqual(['b', 'd', 'c', 'a']);
  book.keep(ended('b'));
  expect(ids(book.all)).toEqual(['d', 'a', 'b']);
  expect(book.get('c')).toBeNull();
  expect(book.get('b')?.state).toBe('cancelled');
});

it('remembers nothing that ended where it is to remember none', () => {
  const book = new OrderBook(0);
  book.keep(open('a'));
  book.keep(ended('a'));
  expect(book.all).toEqual([]);
});

it('says which order it does not have', () => {
  const book = new OrderBook(1);
  book.keep(open('a'));
  expect(book.require('a').order.id).toBe('a');
  expect(() => book.require('b')).toThrow('There is no order b.');
});
