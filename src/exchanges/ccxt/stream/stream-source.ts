/** Where a pair's stream comes from: each call opens an object of ccxt's anew, so that nothing of an old one is left. */

import type { Exchange } from 'ccxt';
import type { PublicReader } from '../public-reader.ts';
import type { ExchangeSettings, VenueStream } from '../venues.ts';
import { openBookStream } from './book-stream.ts';
import type { Dial, StreamEar } from './kept-stream.ts';

export interface StreamSourceParts {
  readonly symbol: string;
  readonly stream: VenueStream;
  /** `ws://HOST:PORT` in place of the exchange's own. */
  readonly server: string | undefined;
  readonly reader: PublicReader;
  /** The one that is read by REST: it has loaded the markets. */
  readonly exchange: Exchange;
  readonly settings: (ending: AbortSignal) => ExchangeSettings;
  readonly now: () => number;
}

export interface StreamSource {
  readonly dial: Dial;
  /** ms UTC by the exchange's clock, as it was compared with ours when the stream was dialled. */
  readonly exchangeNow: () => number;
}

export function streamSource(parts: StreamSourceParts): StreamSource {
  const { symbol, stream, reader, now } = parts;
  let offset = 0;
  const exchangeNow = (): number => now() + offset;

  const dial = (ear: StreamEar): (() => void) => {
    const ending = new AbortController();
    let hangUp = (): void => undefined;
    const wanted = (): boolean => !ending.signal.aborted;

    const open = async (): Promise<void> => {
      const known = await reader.instrument(symbol);
      const ahead = await reader.clockOffset();
      if (!wanted()) return;
      if (!known.ok || !ahead.ok) return ear.ended();
      offset = ahead.value;
      const exchange = await openExchange(parts, ending.signal);
      if (!wanted()) return;
      hangUp = openBookStream({ exchange, symbol, stream, exchangeNow }, ear);
    };

    void open();
    return () => {
      ending.abort();
      hangUp();
    };
  };

  return { dial, exchangeNow };
}

async function openExchange(
  { stream, server, settings, exchange }: StreamSourceParts,
  ending: AbortSignal,
): Promise<Exchange> {
  // ccxt's own limit sends subscriptions in a promise that nobody holds: a socket that ends before would end the app.
  const opened = stream.open({ ...settings(ending), enableRateLimit: false }, server);
  // It writes to the console what it cannot parse.
  opened.log = () => undefined;
  // ccxt wants this before it connects without TLS.
  if (server?.startsWith('ws:') === true) await opened.loadHttpProxyAgent();
  return opened.setMarketsFromExchange(exchange);
}
