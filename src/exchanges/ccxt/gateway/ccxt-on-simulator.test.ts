/** What every exchange must do, done by a real gateway over real HTTP. */

import { describeExchange } from '../../conformance/exchange-conformance.ts';
import { simulatedBinance } from './testing/simulated-venue.ts';

describeExchange('ccxt on the simulator, Binance US', 'pair', () => simulatedBinance('binanceus'));
describeExchange('ccxt on the simulator, Binance', 'pair', () => simulatedBinance('binance'));
