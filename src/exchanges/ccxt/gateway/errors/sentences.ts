/** What a person is told of an exchange's refusal, and can do about it. */

import type { Sentence } from './error-row.ts';

export const SAYS = {
  rights: (venue) =>
    `${venue} says the key is not allowed to do this: let it read and trade there, or check its list of IP addresses.`,
  locked: (venue) => `${venue} has locked the account: ask its support why.`,
  key: (venue) => `${venue} does not accept the key: check key and secret, or make a new pair.`,
  agreement: (venue) =>
    `${venue} wants something agreed to before this is traded: log in there and look.`,
  turn: (venue) =>
    `${venue} refused a request that came out of turn: give this app a key that nothing else uses.`,
  clock: (venue) =>
    `This computer's clock differs from ${venue}'s: set it to network time and try again.`,
  money: (venue) =>
    `${venue} says there is not enough money for the order: buy for less, or pay in more.`,
  exists: (venue) => `${venue} has an order with this id already; it is looked up.`,
  cancelling: (venue) => `${venue} is still cancelling the order; it is looked up.`,
  standing: (venue) =>
    `${venue} does not cancel the order as it is now: it stands, and is looked up.`,
  none: (venue) => `${venue} has no such order; look at its list of orders.`,
  pair: (venue) =>
    `${venue} does not trade this pair; choose one of its pairs, written as in BTC/USDT.`,
  many: (venue) => `${venue} allows no more open orders: cancel some of them there.`,
  small: (venue) => `The order is worth less than the least that ${venue} takes: buy for more.`,
  passed: (venue) =>
    `${venue} refuses the order because the price has passed it already: choose another price.`,
  far: (venue) =>
    `${venue} refuses the order because its price is too far from the market: choose a closer one.`,
  thin: (venue) => `${venue} has nobody to trade the order with at the moment: try again later.`,
  often: (venue) => `${venue} says it was asked too often: wait a minute and try again.`,
  busy: (venue) => `${venue} is too busy to take the order: it is tried again.`,
  late: (venue) => `${venue} dropped the order because it came late: it was not executed.`,
  maintenance: (venue) => `${venue} is under maintenance: wait until it is back.`,
  halted: (venue) =>
    `${venue} takes no such order in this pair at the moment: wait until it trades again.`,
  place: (venue) => `${venue} does not serve the place you connect from: choose another exchange.`,
  firewall: (venue) => `${venue} blocks requests from this address for a while: wait some minutes.`,
  silent: (venue) =>
    `${venue} did not answer in time: check the internet connection and its status page.`,
  rules: (venue) =>
    `${venue} refuses the order as it is: its price or amount breaks a rule of the pair; choose others.`,
  account: (venue) => `${venue} does not allow this account to trade this: ask its support why.`,
  unforeseen: (venue) =>
    `${venue} gave an answer that cannot be made sense of: look at its status page.`,
  unmade: (venue) =>
    `The order could not be made into a request to ${venue}: nothing was sent. Report it with the log.`,
} as const satisfies Readonly<Record<string, Sentence>>;
