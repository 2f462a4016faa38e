/** The conformance stories' exchange: a gateway to the simulator, an account without money, and a hand on its market. */

import type { ExchangeStage } from '../../../conformance/stage.ts';
import type { TradingVenueId } from '../trading-venue.ts';
import { aGateway, BTC } from './gateway-stage.ts';

/** ms; a busy machine takes its time. */
const TIMEOUT_MS = 5_000;

export async function simulatedVenue(id: TradingVenueId): Promise<ExchangeStage> {
  const balances = { BTC: 0n, USDT: 0n };
  const { simulator, gateway, look } = await aGateway(id, { balances, timeoutMs: TIMEOUT_MS });
  const { control } = simulator;
  control.movePrice('BTCUSDT', '100');
  return {
    exchange: gateway,
    instrument: BTC,
    feesFrom: 'received',
    tellsReasons: false,
    fund: async (currency, amount) => control.transfer(currency, String(amount)),
    trade: async (price) => {
      control.movePrice('BTCUSDT', String(price));
      await look();
    },
  };
}
