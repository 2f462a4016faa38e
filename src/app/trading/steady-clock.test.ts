/** A computer's clock that is set forward, back, or both: on paper too a day has its trades and its loss once. */

import { describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../core/domain/timeframe.ts';
import { settled } from './testing/live-clock.ts';
import { LiveStage, START } from './testing/live-stage.ts';

const HOUR_MS = 60 * MINUTE_MS;
const TODAY = Math.floor(START / DAY_MS) * DAY_MS;

interface Ready {
  readonly stage: LiveStage;
  readonly botId: string;
}

/** @param time the market's own; left out by one that has none */
async function ready(time?: () => Promise<number | null>): Promise<Ready> {
  const stage = await LiveStage.open();
  if (time !== undefined) stage.market.time = time;
  await stage.begin();
  const botId = await stage.addBot();
  await stage.quote(100);
  return { stage, botId };
}

async function tradeOut({ stage, botId }: Ready, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    expect(await stage.enter(botId)).toMatchObject({ kind: 'submitted' });
    await stage.call('bots.close', { botId });
    await settled();
  }
}

async function expectNoMore({ stage, botId }: Ready): Promise<void> {
  await stage.quote(100);
  const answer = await stage.enter(botId);
  expect(answer).toMatchObject({ kind: 'denied', code: 'DAILY_TRADE_LIMIT' });
  expect(stage.sentOrders().filter(({ order }) => order.purpose === 'entry')).toHaveLength(20);
  expect((await stage.status()).today).toMatchObject({ day: TODAY, trades: 20 });
}

describe('a clock that is set forward gives no day before its time', () => {
  it.each([
    ['by a day', DAY_MS],
    ['by a month', 30 * DAY_MS],
    ['to just before midnight', TODAY + DAY_MS - 5_000 - START],
    ['by years', 20_000 * DAY_MS],
  ])('%s', async (_, ahead) => {
    const here = await ready();
    const { stage } = here;
    await tradeOut(here, 20);
    stage.clock.set(START + ahead);
    await expectNoMore(here);
    await stage.clock.advance(MINUTE_MS);
    await expectNoMore(here);
    expect((await stage.status()).connection.sentence).toContain(
      "This computer's clock is ahead of the time that has really passed.",
    );
  });

  it('and bars that are dated by it decide nothing', async () => {
    const here = await ready();
    const { stage } = here;
    await stage.crossBot();
    await tradeOut(here, 20);
    stage.clock.set(START + DAY_MS);
    for (const close of [100, 90, 120]) await stage.bar(close);
    await expectNoMore(here);
  });

  it('over restarts, however many, and while the app is closed', async () => {
    const here = await ready();
    const { stage } = here;
    await tradeOut(here, 20);
    for (let day = 1; day <= 3; day += 1) {
      stage.clock.set(START + day * DAY_MS);
      await (day === 2 ? stage.crash() : stage.restart());
      await expectNoMore(here);
      await stage.clock.advance(MINUTE_MS);
      await expectNoMore(here);
    }
    stage.clock.set(TODAY + DAY_MS - 5_000);
    await stage.restart();
    await stage.clock.advance(MINUTE_MS);
    await expectNoMore(here);
  });

  it.each([
    ['right again', 0],
    ['back by two days', -2 * DAY_MS],
  ])('forward and then %s', async (_, end) => {
    const here = await ready();
    const { stage } = here;
    await tradeOut(here, 20);
    stage.clock.set(START + 2 * DAY_MS);
    await expectNoMore(here);
    stage.clock.set(START + end);
    await expectNoMore(here);
    await stage.restart();
    await expectNoMore(here);
  });

  it('nor the limit of its loss', async () => {
    const stage = await LiveStage.open();
    await stage.begin({ USDT: 100, BTC: 1 });
    const botId = await stage.addBot();
    await stage.quote(100);
    await stage.quote(80);
    stage.clock.set(START + DAY_MS);
    await stage.quote(100);
    expect(await stage.enter(botId)).toMatchObject({ kind: 'denied', code: 'DAILY_LOSS_LIMIT' });
  });

  it('and takes nothing of the day either: what is left of it can be traded', async () => {
    const here = await ready();
    await tradeOut(here, 5);
    here.stage.clock.set(START + DAY_MS);
    await here.stage.quote(100);
    await tradeOut(here, 15);
    await expectNoMore(here);
  });

  it('although positions are closed whatever the clock says', async () => {
    const here = await ready();
    const { stage, botId } = here;
    await stage.enter(botId, { stop: 95 });
    stage.clock.set(START + DAY_MS);
    await stage.quote(94);
    expect((await stage.status()).positions).toEqual([]);
  });
});

describe('the day begins', () => {
  it('once the time has really passed, clock set forward or not', async () => {
    const here = await ready();
    const { stage } = here;
    await stage.clock.advance(11 * HOUR_MS);
    await stage.quote(100);
    await tradeOut(here, 20);
    stage.clock.set(START + DAY_MS);
    await stage.clock.advance(HOUR_MS - 5 * MINUTE_MS);
    await expectNoMore(here);
    await stage.clock.advance(5 * MINUTE_MS);
    await stage.quote(100);
    expect(await stage.enter(here.botId)).toMatchObject({ kind: 'submitted' });
  });

  it('at once where the market says that it has: the computer slept, or its clock was behind', async () => {
    const here = await ready(async () => START + DAY_MS + MINUTE_MS);
    const { stage, botId } = here;
    await tradeOut(here, 20);
    stage.clock.set(START + DAY_MS);
    await stage.clock.advance(10_000);
    await stage.quote(100);
    expect(await stage.enter(botId)).toMatchObject({ kind: 'submitted' });
    expect((await stage.status()).connection.sentence).toBe('Prices come from Hand-driven.');
    const [before, today] = await stage.call('trading.days', {});
    expect(before).toMatchObject({ day: TODAY, trades: 20 });
    expect(today).toMatchObject({ day: TODAY + DAY_MS, trades: 1 });
  });

  it.each([
    ['another time', async () => START + MINUTE_MS],
    ['none', async () => null],
    ['nonsense', async () => Number.NaN],
  ])('not where it says %s', async (_, time) => {
    const here = await ready(time);
    const { stage } = here;
    await tradeOut(here, 20);
    stage.clock.set(START + DAY_MS);
    await stage.clock.advance(MINUTE_MS);
    await expectNoMore(here);
  });

  it('with a bar that only the market can know to be over', async () => {
    const here = await ready(async () => START + DAY_MS + HOUR_MS);
    const { stage } = here;
    await stage.crossBot();
    await settled();
    stage.clock.set(START + DAY_MS);
    for (const close of [100, 90, 120]) await stage.bar(close);
    expect(stage.sentOrders().some(({ order }) => order.purpose === 'entry')).toBe(true);
  });
});
