import { describe, expect, it } from 'vitest';
import type { PastTrade } from '../account/account.ts';
import { NO_PROTECTIONS, protect, type Protections, type ProtectionView } from './protections.ts';

const MINUTE = 60_000;

/** A trade of bot `b` that ended at minute `at`. */
function trade(at: number, pnl: number, over: Partial<PastTrade> = {}): PastTrade {
  return { botId: 'b', exitTime: at * MINUTE, exitReason: 'signal', pnl, ...over };
}

function stopLoss(at: number, botId = 'b'): PastTrade {
  return trade(at, -1, { exitReason: 'stop-loss', botId });
}

/** What bot `b` is told at minute `at`; `null` when it may enter. */
function told(
  protections: Partial<Protections>,
  at: number,
  pastTrades: readonly PastTrade[],
  over: Partial<ProtectionView> = {},
): string | null {
  const denial = protect(
    { ...NO_PROTECTIONS, ...protections },
    { botId: 'b', time: at * MINUTE, equity: 100, pastTrades, openPositions: 0, ...over },
  );
  return denial === null ? null : `${denial.code}: ${denial.sentence}`;
}

it('no protection stops anything unless it is switched on', () => {
  const terrible = [stopLoss(1), stopLoss(2), stopLoss(3), trade(4, -99)];
  expect(told({}, 4, terrible, { openPositions: 99 })).toBeNull();
});

describe('the cooldown', () => {
  const on = { cooldownMs: 10 * MINUTE };

  it('lets a bot that lost wait, to the minute', () => {
    const lost = [trade(5, -1)];
    expect(told(on, 5, lost)).toBe(
      'COOLDOWN: This bot lost its last trade and waits 10 minutes more before the next.',
    );
    expect(told(on, 14.5, lost)).toBe(
      'COOLDOWN: This bot lost its last trade and waits 1 minute more before the next.',
    );
    expect(told(on, 15, lost)).toBeNull();
  });

  it('looks at the last trade alone: a gain ends it, no gain and no loss is no loss', () => {
    expect(told(on, 7, [trade(5, -1), trade(6, 2)])).toBeNull();
    expect(told(on, 7, [trade(5, 2), trade(6, 0)])).toBeNull();
    expect(told(on, 7, [trade(5, 2), trade(6, -0.01)])).toContain('COOLDOWN');
  });

  it("is nobody else's", () => {
    expect(told(on, 6, [trade(5, -1, { botId: 'other' })])).toBeNull();
    expect(told(on, 6, [trade(4, -1), trade(5, 9, { botId: 'other' })])).toContain('8 minutes');
    expect(told(on, 6, [])).toBeNull();
  });
});

describe('the stop-loss guard', () => {
  const on = { stopLossGuard: { stops: 3, withinMs: 60 * MINUTE, pauseMs: 30 * MINUTE } };

  it('pauses everyone after so many stop-losses, whichever bots they were of', () => {
    const stops = [stopLoss(0, 'x'), stopLoss(30, 'y'), stopLoss(60, 'x')];
    expect(told(on, 60, stops)).toBe(
      'STOP_LOSS_GUARD: 3 stop-losses were hit within 1 hour; entries are paused for 30 minutes more.',
    );
    expect(told(on, 89.9, stops)).toContain('for 1 minute more');
    expect(told(on, 90, stops)).toBeNull();
  });

  it('needs all of them, and all within the time', () => {
    expect(told(on, 61, [stopLoss(30), stopLoss(60)])).toBeNull();
    expect(told(on, 61, [stopLoss(0), stopLoss(30), stopLoss(61)])).toBeNull();
    expect(told(on, 61, [stopLoss(0), stopLoss(1), stopLoss(30), stopLoss(61)])).toContain('STOP');
  });

  it('counts a trailing stop that lost, but neither one that gained nor another exit', () => {
    const trailing = (at: number, pnl: number): PastTrade =>
      trade(at, pnl, { exitReason: 'trailing-stop' });
    expect(told(on, 9, [stopLoss(1), stopLoss(2), trailing(3, -1)])).toContain('STOP_LOSS_GUARD');
    expect(told(on, 9, [stopLoss(1), stopLoss(2), trailing(3, 1)])).toBeNull();
    expect(told(on, 9, [stopLoss(1), stopLoss(2), trailing(3, 0)])).toBeNull();
    expect(told(on, 9, [stopLoss(1), stopLoss(2), trade(3, -50)])).toBeNull();
  });

  it('is not lifted early by one more stop-loss that comes long after the others', () => {
    const patient = { stopLossGuard: { stops: 2, withinMs: 10 * MINUTE, pauseMs: 60 * MINUTE } };
    const stops = [stopLoss(0), stopLoss(5), stopLoss(30)];
    expect(told(patient, 31, stops)).toContain('paused for 34 minutes more');
    expect(told(patient, 65, stops)).toBeNull();
  });

  it('of one stop-loss speaks of one', () => {
    const one = { stopLossGuard: { stops: 1, withinMs: MINUTE, pauseMs: 120 * MINUTE } };
    expect(told(one, 5, [stopLoss(5)])).toBe(
      'STOP_LOSS_GUARD: 1 stop-loss was hit within 1 minute; entries are paused for 2 hours more.',
    );
  });
});

describe('the drawdown guard', () => {
  const on = { drawdownGuard: { fraction: 0.05, withinMs: 60 * MINUTE, pauseMs: 30 * MINUTE } };

  it('pauses after closed trades took that much of the highest equity', () => {
    // 100, then 110, then 104.5: five per cent below the highest.
    const trades = [trade(0, 10), trade(10, -5.5)];
    const now = { equity: 104.5 };
    expect(told(on, 10, trades, now)).toBe(
      'DRAWDOWN_GUARD: Closed trades took equity 5.0 % below its highest within 1 hour; entries are paused for 30 minutes more.',
    );
    expect(told(on, 39.9, trades, now)).toContain('1 minute more');
    expect(told(on, 40, trades, now)).toBeNull();
    expect(told(on, 10, [trade(0, 10), trade(10, -5.4)], { equity: 104.6 })).toBeNull();
  });

  it('adds up the trades of all bots, in a row or not', () => {
    const trades = [trade(0, -3, { botId: 'x' }), trade(5, 1), trade(10, -3, { botId: 'y' })];
    expect(told(on, 11, trades, { equity: 95 })).toContain('5.0 %');
  });

  it('looks at the highest within the time, and no further back', () => {
    const trades = [trade(0, -3), trade(60, -2)];
    expect(told(on, 60, trades, { equity: 95 })).toContain('DRAWDOWN_GUARD');
    expect(told(on, 60.1, [trade(0, -3), trade(60.1, -2)], { equity: 95 })).toBeNull();
  });

  it('pauses for its whole time, also where that is longer than it looks back', () => {
    const long = { drawdownGuard: { fraction: 0.05, withinMs: 10 * MINUTE, pauseMs: 60 * MINUTE } };
    const trades = [trade(0, -6)];
    expect(told(long, 59, trades, { equity: 94 })).toContain('paused for 1 minute more');
    expect(told(long, 60, trades, { equity: 94 })).toBeNull();
  });

  it('begins anew with a loss that is less deep than an earlier one, but deep enough', () => {
    // 100, 90, 98, 94: the second fall ends six per cent below the highest.
    const trades = [trade(0, -10), trade(20, 8), trade(35, -4)];
    expect(told(on, 36, trades, { equity: 94 })).toContain('6.0 %');
    expect(told(on, 64, trades, { equity: 94 })).toContain('1 minute more');
    expect(told(on, 65, trades, { equity: 94 })).toBeNull();
  });

  it('is not ended by a gain that comes after, and tells how deep it was', () => {
    // 100, 94.5, 97.5.
    const trades = [trade(0, -5.5), trade(10, 3)];
    expect(told(on, 11, trades, { equity: 97.5 })).toContain('5.5 %');
  });

  it('takes a trade that won or lost nothing for no fall, however deep it is by then', () => {
    const trades = [trade(0, -6), trade(29, 0)];
    expect(told(on, 29.5, trades, { equity: 94 })).toContain('paused for 1 minute more');
    expect(told(on, 30, trades, { equity: 94 })).toBeNull();
  });

  it('is no matter of gains, nor of an account that never had anything', () => {
    expect(told(on, 1, [trade(0, 50)], { equity: 150 })).toBeNull();
    expect(told(on, 1, [trade(0, -5)], { equity: -5 })).toBeNull();
  });
});

describe('the most open positions', () => {
  it('is reached at that number, and says so', () => {
    expect(told({ maxOpenPositions: 2 }, 0, [], { openPositions: 1 })).toBeNull();
    expect(told({ maxOpenPositions: 2 }, 0, [], { openPositions: 2 })).toBe(
      'MAX_OPEN_POSITIONS: 2 positions are open, and your settings allow 2 at a time.',
    );
    expect(told({ maxOpenPositions: 1 }, 0, [], { openPositions: 1 })).toBe(
      'MAX_OPEN_POSITIONS: 1 position is open, and your settings allow 1 at a time.',
    );
  });
});

it('the first protection that forbids is the one that is told', () => {
  const all: Protections = {
    cooldownMs: MINUTE,
    stopLossGuard: { stops: 1, withinMs: MINUTE, pauseMs: MINUTE },
    drawdownGuard: { fraction: 0.001, withinMs: MINUTE, pauseMs: MINUTE },
    maxOpenPositions: 1,
  };
  const trades = [stopLoss(0)];
  expect(told(all, 0, trades, { openPositions: 1 })).toContain('MAX_OPEN_POSITIONS');
  expect(told(all, 0, trades)).toContain('COOLDOWN');
  expect(told(all, 0, trades, { botId: 'other' })).toContain('STOP_LOSS_GUARD');
});
