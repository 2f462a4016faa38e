/** What every exchange must do, done by a real gateway over real HTTP. */

import { describeExchange } from '../../conformance/exchange-conformance.ts';
import { simulatedVenue } from './testing/simulated-venue.ts';

describeExchange('ccxt on the simulator, Binance US', 'pair', () => simulatedVenue('binanceus'));
describeExchange('ccxt on the simulator, Binance', 'pair', () => simulatedVenue('binance'));
