/** Carries a sequence's steps out, brings everything to rest, and lets prices crash under every stop. */

import { NO_PROTECTION } from '../domain/order.ts';
import { checkFlattened, checkGuards } from './guards-reference.ts';
import type { Command, Sequence, Step } from './sequence.ts';
import { World } from './world.ts';

/** More than any sequence needs: whoever is not at rest after it never will be. */
const MOST_MOVES = 2_000;

/** More than the pauses that end before the last refusal of any sequence is forgotten. */
const MOST_WAITS = 60;

/** To under every stop, to under those of the limits that filled on the way, and then on from there. */
const FALLS = [0.5, 0.8, 1, 1, 1] as const;

const NO_LEVELS = { target: null, trailing: null, maxHoldMs: null } as const;

/** @returns how much of what there was. @throws Error when a property does not hold */
export function runSequence({ setting, steps }: Sequence): Readonly<Record<string, number>> {
  const world = new World(setting);
  const run = new Run(world);
  if (setting.isPriced) run.quoteAll();
  for (const step of steps) run.take(step);
  run.end();
  return { ...world.counts, orders: world.orderCount };
}

class Run {
  readonly #world: World;
  /** How many alerts there were at the emergency stop that was to sell everything; `null` after it was lifted. */
  #flattenedAt: number | null = null;

  constructor(world: World) {
    this.#world = world;
  }

  take(step: Step): void {
    const world = this.#world;
    world.now += 100;
    world.wake();
    const time = world.localTime;
    switch (step.kind) {
      case 'price': {
        const symbol = world.symbols[step.symbol % world.symbols.length] ?? '';
        const move = step.move * world.setting.volatility;
        return world.quote(symbol, world.bars.price(symbol) * (1 + move));
      }
      case 'bar':
        return world.closeBars();
      case 'tick':
        return world.process({ kind: 'tick', time });
      case 'restart':
        return world.restart();
      case 'quiet':
        this.#settle();
        return checkGuards(world);
      case 'deliver':
        return world.deliver(step.pick, step.again);
      case 'arrive':
        return world.arrive(step.pick);
      case 'trade':
        world.exchange.trade(step.pick, step.part);
        return;
      case 'expire':
        return world.exchange.expire(step.pick);
      case 'later':
        world.now += step.ms;
        return;
      case 'skew':
        return world.setClock(step.ms);
      default:
        return this.#command(step, time);
    }
  }

  quoteAll(): void {
    const world = this.#world;
    for (const symbol of world.symbols) world.quote(symbol, world.bars.price(symbol));
  }

  /** The end of every run. */
  end(): void {
    const world = this.#world;
    world.isCalm = true;
    this.#settle();
    this.quoteAll();
    this.#settle();
    checkGuards(world);
    if (this.#flattenedAt !== null) checkFlattened(world, this.#flattenedAt);
    this.#crash();
  }

  #command(step: Command, time: number): void {
    const world = this.#world;
    switch (step.kind) {
      case 'enter':
        return this.#enter(step, time);
      case 'churn':
        return this.#churn(step);
      case 'transfer':
        return world.transfer(step.currency, step.amount);
      case 'close':
        return world.process({ kind: 'position-close', time, botId: this.#botId(step.bot) });
      case 'halt':
        this.#flattenedAt = step.flatten ? world.alerts.length : this.#flattenedAt;
        return world.process({ kind: 'halt', time, flatten: step.flatten });
      case 'reduce':
      case 'arm':
        this.#flattenedAt = null;
        return world.process({ kind: step.kind, time });
      default:
        return world.process({ kind: step.kind, time, botId: this.#botId(step.bot) });
    }
  }

  #enter(step: Extract<Command, { kind: 'enter' }>, time: number): void {
    const world = this.#world;
    const botId = this.#botId(step.bot);
    const price = world.bars.price(world.instruments.get(botId)?.symbol ?? '');
    const { limit, stop, target, trailing, maxHoldMs, cost } = step;
    world.process({
      kind: 'entry-by-hand',
      time,
      botId,
      cost,
      limit: limit === null ? null : limit * price,
      protection: {
        ...NO_PROTECTION,
        stop: stop?.kind === 'price' ? { kind: 'price', price: stop.price * price } : stop,
        target: target === null ? null : target * price,
        trailing,
        maxHoldMs,
      },
    });
  }

  #churn({ bot, rounds }: Extract<Command, { kind: 'churn' }>): void {
    for (let round = 0; round < rounds; round += 1) {
      this.take({ kind: 'enter', bot, cost: 12, limit: null, stop: null, ...NO_LEVELS });
      this.#settle();
      this.take({ kind: 'close', bot });
      this.#settle();
    }
  }

  /** Until nothing is on its way, nothing at the exchange can trade, and the engine waits for nothing. */
  #settle(): void {
    const world = this.#world;
    let waits = 0;
    for (let move = 0; move < MOST_MOVES; move += 1) {
      if (world.mail.outgoing.length > 0) world.arrive(0);
      if (!world.mail.isEmpty) world.deliver(0, false);
      else if (!world.exchange.trade(0, 1) && !world.compare()) {
        // What the exchange never takes is asked for again and again, ever later.
        if (waits === MOST_WAITS || !world.waitForDeadline()) return;
        waits += 1;
      }
    }
    throw new Error('It never comes to rest.');
  }

  /** A price under every stop sells everything, whoever keeps the stop. */
  #crash(): void {
    const world = this.#world;
    const before = world.alerts.length;
    for (const fall of FALLS) {
      for (const symbol of world.symbols) world.quote(symbol, world.bars.price(symbol) * fall);
      this.#settle();
      world.now += 6_000;
    }
    checkFlattened(world, before);
  }

  #botId(index: number): string {
    const { botIds } = this.#world;
    return botIds[index % botIds.length] ?? '';
  }
}
