/** The control port: what a test or a person does to the exchange, and the truth that books are compared with. */

import { z } from 'zod';
import { accountTruth, trueOrder, type TrueOrder, type Truth } from './truth.ts';
import type { Clock } from './clock.ts';
import { parseUnits } from './decimal.ts';
import type { Exchange } from './exchange.ts';
import { faultSchema, type FaultInput, type Faults } from './faults.ts';
import type { Answer, ApiRequest } from './rest/api.ts';
import { CAREFUL_KEY, type KeyRestrictions } from './rest/key-restrictions.ts';
import { CONTROL_PATH, json } from './rest/server.ts';
import {
  orderNameSchema,
  personOrderSchema,
  type OrderName,
  type Person,
  type PersonOrder,
} from './person.ts';
import { isSightFault, sightFaultSchema, type Sight, type SightFault } from './sight.ts';
import {
  changeFees,
  changeStatus,
  feesSchema,
  statusSchema,
  type FeesInput,
  type StatusInput,
} from './terms.ts';

export interface Control {
  readonly fault: (fault: FaultInput | SightFault) => void;
  readonly clearFaults: () => void;
  /** Puts a market's last price somewhere, at once: `BTCUSDT`, `60000.5`. */
  readonly movePrice: (symbol: string, price: string) => void;
  /** Sets the exchange's clock forward and makes all moves that are due by then. */
  readonly advance: (ms: number) => void;
  /** A deposit, or a withdrawal if it begins with a minus: `USDT`, `-25.5`. */
  readonly transfer: (asset: string, amount: string) => void;
  /** What a person does in the same account: an order at the market, with a limit, or with a stop before its limit. */
  readonly placeByHand: (order: PersonOrder) => TrueOrder;
  readonly cancelByHand: (order: OrderName) => void;
  readonly cancelAllByHand: () => void;
  /** For orders from now on. */
  readonly setFees: (fees: FeesInput) => void;
  /** Halts, or lets a pair vanish; orders and prices stand still until it is `trading` again. */
  readonly setStatus: (status: StatusInput) => void;
  readonly setKeyRestrictions: (change: Partial<KeyRestrictions>) => void;
  readonly keyRestrictions: () => KeyRestrictions;
  readonly truth: () => Truth;
}

export interface ControlParts {
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly faults: Pick<Faults, 'add' | 'clear'>;
  readonly sight: Sight;
  readonly person: Person;
}

export function createControl({ exchange, clock, faults, sight, person }: ControlParts): Control {
  let restrictions = CAREFUL_KEY;
  return {
    fault: (fault) => (isSightFault(fault) ? sight.add(fault) : faults.add(fault)),
    clearFaults: () => {
      faults.clear();
      sight.clear();
    },
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
    placeByHand: (order) => trueOrder(person.place(order)),
    cancelByHand: person.cancel,
    cancelAllByHand: person.cancelAll,
    setFees: (fees) => changeFees(exchange, fees),
    setStatus: (status) => changeStatus(exchange, status),
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
    'POST /faults': (body) => control.fault(z.union([sightFaultSchema, faultSchema]).parse(body)),
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
    'POST /orders': (body) => void control.placeByHand(personOrderSchema.parse(body)),
    'POST /cancel': (body) => control.cancelByHand(orderNameSchema.parse(body)),
    'DELETE /orders': control.cancelAllByHand,
    'POST /fees': (body) => control.setFees(feesSchema.parse(body)),
    'POST /status': (body) => control.setStatus(statusSchema.parse(body)),
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
