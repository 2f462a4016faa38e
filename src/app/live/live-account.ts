/** A live account: the trading of a paper one, on a real exchange, with what is held there already. */

import { isUsdAtPar } from '../../core/risk/usd.ts';
import type { ExchangeOrder } from '../../core/ports/exchange.ts';
import { entryDoor } from '../trading/entry-door.ts';
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

  /** @throws Error where the kept account cannot be gone on with */
  static open(options: LiveAccountOptions): LiveAccount {
    return new LiveAccount(options, { orders: [] });
  }

  private constructor(options: LiveAccountOptions, external: { orders: readonly ExchangeOrder[] }) {
    const { gateway, closedBecause, rules, feed } = options;
    super(
      { ...options, rules: { ...rules, highestFees: gateway.highestFees } },
      {
        mode: 'live',
        exchange: entryDoor(gateway, closedBecause),
        match: null,
        list: () => {},
        instrument: (symbol) => gateway.instrument(symbol),
        pricedSymbols: (held) => known(symbolsOf(held, rules.whitelist), feed.instrument),
        externalOrders: () => external.orders,
      },
    );
    this.#gateway = gateway;
    this.#external = external;
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
   * Compares balances and looks for orders that are not ours.
   * @param symbols where to look, besides those that bots trade
   */
  async refresh(symbols: readonly string[]): Promise<void> {
    await this.#fees.look();
    const { engine } = this.session;
    const traded = engine.bots.list.map(({ setup }) => setup.instrument.symbol);
    const open = await this.#gateway.openOrders([...new Set([...traded, ...symbols])]);
    // It is asked again at the next look; what is shown until then is what was true at the last one.
    if (!open.ok) return;
    this.#external.orders = open.value.filter(
      ({ orderId }) => orderId === null || engine.orders.get(orderId) === null,
    );
    // With orders under way the balances change while they are read; what they trade is told by their fills.
    if (engine.orders.open.length === 0) await this.session.reconcileBalances();
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
