/** What every exchange must do, done by a gateway that speaks Kraken's REST. */

import { describeExchange } from '../../conformance/exchange-conformance.ts';
import { simulatedKraken } from './testing/simulated-venue.ts';

describeExchange('ccxt on the Kraken simulator', 'stop', simulatedKraken);
