/** The control port: what a test or a person does to the exchange, and the truth that books are compared with. */

import { z } from 'zod';
import { accountTruth, type Truth } from './truth.ts';
import type { Clock } from './clock.ts';
import { parseUnits } from './decimal.ts';
import type { Exchange } from './exchange.ts';
import { faultSchema, type FaultInput, type Faults } from './faults.ts';
import type { Answer, ApiRequest } from './rest/api.ts';
import { CAREFUL_KEY, type KeyRestrictions } from './rest/key-restrictions.ts';
import { CONTROL_PATH, json } from './rest/server.ts';

export interface Control {
  readonly fault: (fault: FaultInput) => void;
  readonly clearFaults: () => void;
  /** Puts a market's last price somewhere, at once: `BTCUSDT`, `60000.5`. */
  readonly movePrice: (symbol: string, price: string) => void;
  /** Sets the exchange's clock forward and makes all moves that are due by then. */
  readonly advance: (ms: number) => void;
  /** A deposit, or a withdrawal if it begins with a minus: `USDT`, `-25.5`. */
  readonly transfer: (asset: string, amount: string) => void;
  readonly setKeyRestrictions: (change: Partial<KeyRestrictions>) => void;
  readonly keyRestrictions: () => KeyRestrictions;
  readonly truth: () => Truth;
}

export interface ControlParts {
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly faults: Faults;
}

export function createControl({ exchange, clock, faults }: ControlParts): Control {
  let restrictions = CAREFUL_KEY;
  return {
    fault: faults.add,
    clearFaults: faults.clear,
    movePrice: (symbol, price) => {
      const value = parseUnits(price);
      if (value === undefined) throw new RangeError(`${price} is no price.`);
      exchange.catchUp();
      exchange.moveTo(symbol, value);
    },
    advance: (ms) => {
      clock.advance(ms);
      exchange.catchUp();
    },
    transfer: (asset, amount) => {
      const isOut = amount.startsWith('-');
      const value = parseUnits(isOut ? amount.slice(1) : amount);
      if (value === undefined) throw new RangeError(`${amount} is no amount.`);
      exchange.catchUp();
      exchange.transfer(asset, isOut ? -value : value);
    },
    setKeyRestrictions: (change) => {
      restrictions = { ...restrictions, ...change };
    },
    keyRestrictions: () => restrictions,
    truth: () => {
      exchange.catchUp();
      return accountTruth(exchange);
    },
  };
}

const moveSchema = z.strictObject({ symbol: z.string(), price: z.string() });
const advanceSchema = z.strictObject({ advanceMs: z.int().positive() });
const transferSchema = z.strictObject({ asset: z.string(), amount: z.string() });
const keySchema = z.partialRecord(
  z.enum([
    'ipRestrict',
    'enableReading',
    'enableSpotAndMarginTrading',
    'enableWithdrawals',
    'enableInternalTransfer',
    'permitsUniversalTransfer',
    'enableMargin',
    'enableFutures',
    'enableVanillaOptions',
  ] satisfies (keyof KeyRestrictions)[]),
  z.boolean(),
);

/** The same over HTTP: JSON in, the truth or what is wrong with the request out. */
export function createControlRoutes(control: Control): (request: ApiRequest) => Answer {
  const routes: Readonly<Record<string, (body: unknown) => void>> = {
    'GET /truth': () => {},
    'POST /faults': (body) => control.fault(faultSchema.parse(body)),
    'DELETE /faults': control.clearFaults,
    'POST /market': (body) => {
      const { symbol, price } = moveSchema.parse(body);
      control.movePrice(symbol, price);
    },
    'POST /clock': (body) => control.advance(advanceSchema.parse(body).advanceMs),
    'POST /transfer': (body) => {
      const { asset, amount } = transferSchema.parse(body);
      control.transfer(asset, amount);
    },
    'POST /key': (body) => control.setKeyRestrictions(keySchema.parse(body)),
  };
  return ({ method, path, body }) => {
    const route = routes[`${method} ${path.slice(CONTROL_PATH.length)}`];
    if (route === undefined)
      return json(404, { error: `Known are: ${Object.keys(routes).join(', ')}.` });
    try {
      route(body === '' ? undefined : JSON.parse(body));
    } catch (error) {
      return json(400, { error: sentenceOf(error) });
    }
    return json(200, control.truth());
  };
}

function sentenceOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}
