/** What a transport must bring to be tested: a live connection to the fixture's server. */

import { connectContract } from '../client.ts';
import type { Channel } from '../channel.ts';
import type { ContractClient } from '../client-types.ts';
import { createFixture, fixtureTable, type Fixture, type FixtureTable } from './fixture.ts';

interface TransportPair {
  /** The window's end. */
  readonly channel: Channel;
  /** The app goes away. */
  stopApp(): Promise<void> | void;
  /** Releases whatever is left. */
  dispose(): Promise<void> | void;
}

/** Serves the fixture's table and handlers and connects one window to it. */
export type MakePair = (fixture: Fixture) => Promise<TransportPair>;

export interface Connected {
  readonly fixture: Fixture;
  readonly client: ContractClient<FixtureTable>;
  readonly channel: Channel;
  readonly pair: TransportPair;
  /** Everything that came over the channel so far, as text. */
  crossed(): string;
  /** Resolves when the app has dealt with everything sent before. */
  settled(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** With a client on it. */
export async function connected(
  makePair: MakePair,
  fixture: Fixture = createFixture(),
): Promise<Connected> {
  const pair = await makePair(fixture);
  const seen: unknown[] = [];
  pair.channel.onMessage((message) => seen.push(message));
  const client = connectContract(fixtureTable, pair.channel);
  return {
    fixture,
    client,
    channel: pair.channel,
    pair,
    crossed: () => JSON.stringify(seen),
    async settled() {
      await client.call('echo', { value: 'settled' });
    },
    async [Symbol.asyncDispose]() {
      pair.channel.close();
      await pair.dispose();
    },
  };
}

export interface RawWindow {
  readonly fixture: Fixture;
  readonly channel: Channel;
  readonly pair: TransportPair;
  readonly received: readonly unknown[];
  /** Resolves with what has been received when the app has dealt with everything sent before. */
  settled(): Promise<readonly unknown[]>;
  readonly closed: Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const SETTLE_ID = 999_999;

/** Without a client: a window that speaks the protocol by hand, or badly. */
export async function rawWindow(makePair: MakePair): Promise<RawWindow> {
  const fixture = createFixture();
  const pair = await makePair(fixture);
  const received: unknown[] = [];
  let answered: () => void = () => {};
  pair.channel.onMessage((message) => {
    if (isSettleAnswer(message)) answered();
    else received.push(message);
  });
  return {
    fixture,
    channel: pair.channel,
    pair,
    received,
    closed: new Promise((resolve) => {
      pair.channel.onClose(resolve);
    }),
    async settled() {
      const answer = new Promise<void>((resolve) => {
        answered = resolve;
      });
      pair.channel.send({ type: 'call', id: SETTLE_ID, name: 'refuse', input: {} });
      await answer;
      return received;
    },
    async [Symbol.asyncDispose]() {
      pair.channel.close();
      await pair.dispose();
    },
  };
}

function isSettleAnswer(message: unknown): boolean {
  return (
    typeof message === 'object' && message !== null && 'id' in message && message.id === SETTLE_ID
  );
}
