/** A live account: the trading of a paper one, on a real exchange, with what is held there already. */

import { isUsdAtPar } from '../../core/risk/usd.ts';
import type { ExchangeOrder } from '../../core/ports/exchange.ts';
import { entryDoor } from '../trading/entry-door.ts';
import { SeenPrices } from '../trading/seen-prices.ts';
import { TradingAccount, type TradingAccountOptions } from '../trading/trading-account.ts';
import { FeeWatch } from './fee-watch.ts';
import type { LiveGateway } from './live-gateway.ts';

export interface LiveAccountOptions extends TradingAccountOptions {
  readonly gateway: LiveGateway;
  /** Why nothing can be opened now; `null` while live mode is on. */
  readonly closedBecause: () => string | null;
}

export class LiveAccount extends TradingAccount {
  readonly #gateway: LiveGateway;
  readonly #fees: FeeWatch;
  readonly #external: { orders: readonly ExchangeOrder[] };
  readonly #orderPrefix: string;
  /** Open orders that begin like ours and are in no books; each is told of once. */
  readonly #strays = new Set<string>();

  /** @throws Error where the kept account cannot be gone on with */
  static open(options: LiveAccountOptions): LiveAccount {
    return new LiveAccount(options, { orders: [] });
  }

  private constructor(options: LiveAccountOptions, external: { orders: readonly ExchangeOrder[] }) {
    const { gateway, closedBecause, rules, feed } = options;
    const prices = new SeenPrices(options.clock);
    super(
      { ...options, rules: { ...rules, highestFees: gateway.highestFees } },
      {
        mode: 'live',
        exchange: entryDoor(gateway, (symbol) => closedBecause() ?? prices.trouble(symbol)),
        match: (quote) => prices.see(quote),
        list: () => {},
        instrument: (symbol) => gateway.instrument(symbol),
        pricedSymbols: (held) => known(symbolsOf(held, rules.whitelist), feed.instrument),
        externalOrders: () => external.orders,
      },
    );
    this.session.onEvent((event) => prices.hear(event));
    this.#gateway = gateway;
    this.#external = external;
    this.#orderPrefix = options.account.settings.orderPrefix;
    this.#fees = new FeeWatch({ ...options, session: this.session });
  }

  override async start(): Promise<void> {
    await super.start();
    await this.#fees.look();
  }

  override async close(): Promise<void> {
    this.#fees.stop();
    await super.close();
  }

  /**
   * Compares the books with the exchange, and looks for orders that are not in them.
   * @param symbols where to look, besides those that bots trade
   */
  async refresh(symbols: readonly string[]): Promise<void> {
    await this.#fees.look();
    const { engine } = this.session;
    const traded = engine.bots.list.map(({ setup }) => setup.instrument.symbol);
    // Each alone: a pair that is gone keeps no other from being looked at.
    const books = await Promise.all(
      [...new Set([...traded, ...symbols])].map((symbol) => this.#gateway.openOrders([symbol])),
    );
    // It is asked again at the next look; what is shown until then is what was true at the last one.
    if (books.some((book) => book.ok)) {
      const open = books.flatMap((book) => (book.ok ? book.value : []));
      this.#external.orders = open.filter(
        ({ orderId }) => orderId === null || engine.orders.get(orderId) === null,
      );
      for (const order of this.#external.orders) this.#tellOfStray(order);
    }
    await this.session.compare();
  }

  /** An order with an id of this account that its books do not know: those of another copy of the profile do. */
  #tellOfStray({ orderId, symbol }: ExchangeOrder): void {
    if (orderId === null || this.#strays.has(orderId)) return;
    if (!orderId.startsWith(this.#orderPrefix)) return;
    this.#strays.add(orderId);
    const sentence = `An order of CryptoPiggy on ${symbol} that these books do not know is open at the exchange (${orderId}). Another copy of this profile may have placed it. Nothing is bought until you have looked at it there and armed again.`;
    this.session.dispatch({ kind: 'order-contradicted', time: this.now(), orderId, sentence });
  }
}

/** What a coin is priced by where no listed pair has it: it may be what fees are paid in. */
const DOLLARS = ['USDT', 'USD', 'USDC'] as const;

/** The pairs that tell the worth of each coin that is held, whether they may be traded or not; listed ones first. */
function symbolsOf(
  held: readonly string[],
  whitelist: readonly string[],
): readonly (readonly string[])[] {
  return held
    .filter((currency) => !isUsdAtPar(currency))
    .map((currency) => [
      ...whitelist.filter((symbol) => symbol.startsWith(`${currency}/`)),
      ...DOLLARS.map((quote) => `${currency}/${quote}`),
    ]);
}

/** Of each list the first symbol that the exchange has. */
async function known(
  lists: readonly (readonly string[])[],
  find: (symbol: string) => Promise<{ readonly ok: boolean }>,
): Promise<readonly string[]> {
  const symbols: string[] = [];
  for (const list of lists) {
    for (const symbol of list) {
      if (!(await find(symbol)).ok) continue;
      symbols.push(symbol);
      break;
    }
  }
  return symbols;
}
