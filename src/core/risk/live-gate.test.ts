import fc from 'fast-check';
import { LIVE_CONDITIONS } from '../domain/live-condition.ts';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../domain/timeframe.ts';
import {
  advanceGate,
  gateOnDay,
  isLive,
  isReadyToConfirm,
  SHUT_GATE,
  type LiveGate,
  type LiveGateEvent,
} from './live-gate.ts';

const NOON = Date.UTC(2026, 2, 1, 12);
const fine = { reason: 'fine' };

const READY: readonly LiveGateEvent[] = [
  { kind: 'allowed', isAllowed: true },
  { kind: 'health', isHealthy: true, ...fine },
  { kind: 'credentials', areValid: true, ...fine },
  { kind: 'reconciled', isDone: true, ...fine },
];
const CONFIRM: LiveGateEvent = { kind: 'confirmed', time: NOON };
const SICK: LiveGateEvent = { kind: 'health', isHealthy: false, reason: 'no answer' };

function after(...events: readonly LiveGateEvent[]): LiveGate {
  return events.reduce(advanceGate, SHUT_GATE);
}

const open = after(...READY, CONFIRM);

describe('the live gate', () => {
  it('is shut at the start, and says of each condition what to do', () => {
    expect(isLive(SHUT_GATE)).toBe(false);
    for (const name of LIVE_CONDITIONS) {
      expect(SHUT_GATE.conditions[name].reason).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('opens when every condition holds and it is confirmed then', () => {
    expect(isReadyToConfirm(after(...READY))).toBe(true);
    expect(isLive(after(...READY))).toBe(false);
    expect(isLive(open)).toBe(true);
  });

  it.each(READY.map((event) => [event.kind, event] as const))(
    'does not open without %s, and a confirmation then is forgotten',
    (_, left) => {
      const others = READY.filter((event) => event !== left);
      const early = after(...others, CONFIRM);
      expect(isLive(early)).toBe(false);
      expect(isLive(advanceGate(early, left))).toBe(false);
      expect(isLive(after(...others, CONFIRM, left, CONFIRM))).toBe(true);
    },
  );

  it.each<readonly [string, LiveGateEvent]>([
    ['The emergency stop switched live mode off.', { kind: 'emergency-stop' }],
    ['The computer was asleep.', { kind: 'suspended' }],
    ['Live mode was switched off.', { kind: 'switched-off' }],
    ['The symbol was changed.', { kind: 'target-changed', what: 'The symbol' }],
    ['revoked', { kind: 'credentials', areValid: false, reason: 'revoked' }],
    ['orders differ', { kind: 'reconciled', isDone: false, reason: 'orders differ' }],
  ])('shuts, and says "%s"', (because, event) => {
    const shut = advanceGate(open, event);
    expect(isLive(shut)).toBe(false);
    expect(shut.shutBecause).toBe(because);
  });

  it('outlives two failed health checks, not three, and a good one begins the count anew', () => {
    const twice = [SICK, SICK].reduce(advanceGate, open);
    expect(isLive(twice)).toBe(true);
    expect(isLive(advanceGate(twice, SICK))).toBe(false);
    const well = advanceGate(twice, { kind: 'health', isHealthy: true, ...fine });
    expect(isLive([SICK, SICK].reduce(advanceGate, well))).toBe(true);
  });

  it('stays shut on a lost day, whatever is confirmed; the next day asks for a new confirmation', () => {
    const lost = advanceGate(open, {
      kind: 'loss-limit',
      time: NOON,
      reason: 'Too much was lost.',
    });
    expect(isLive(advanceGate(lost, CONFIRM))).toBe(false);
    const yesterday = advanceGate(lost, { kind: 'confirmed', time: NOON - DAY_MS });
    expect(isLive(yesterday)).toBe(false);
    const tomorrow = gateOnDay(lost, NOON + DAY_MS);
    expect(isLive(tomorrow)).toBe(false);
    expect(isReadyToConfirm(tomorrow)).toBe(true);
    expect(isLive(advanceGate(lost, { kind: 'confirmed', time: NOON + DAY_MS }))).toBe(true);
  });

  it('knows nothing of an exchange that is not asked any more', () => {
    const tried = [SICK, SICK].reduce(advanceGate, open);
    const gone = advanceGate(tried, { kind: 'disconnected' });
    expect(isLive(gone)).toBe(false);
    expect(gone.shutBecause).toBe('The exchange was disconnected.');
    expect(gone.failedChecks).toBe(0);
    const held = LIVE_CONDITIONS.filter((name) => gone.conditions[name].holds);
    expect(held).toEqual(['allowed', 'loss-limit']);
    expect(gone.conditions.healthy).toEqual(SHUT_GATE.conditions.healthy);
    expect(isLive(READY.slice(1).reduce(advanceGate, gone))).toBe(false);
  });

  it('is shut by a clock that jumps until the exchange has said what time it is', () => {
    const jumped = advanceGate(open, { kind: 'clock-jumped' });
    expect(isLive(jumped)).toBe(false);
    expect(jumped.conditions.healthy.holds).toBe(false);
    expect(jumped.shutBecause).toContain('clock jumped');
    expect(
      isReadyToConfirm(advanceGate(jumped, { kind: 'health', isHealthy: true, ...fine })),
    ).toBe(true);
  });

  it('keeps the latest of two lost days: a clock that is set back does not bring it nearer', () => {
    const lost = (time: number): LiveGateEvent => ({ kind: 'loss-limit', time, reason: 'Lost.' });
    const twice = after(...READY, lost(NOON + DAY_MS), lost(NOON));
    expect(isReadyToConfirm(gateOnDay(twice, NOON + DAY_MS))).toBe(false);
    expect(isReadyToConfirm(gateOnDay(twice, NOON + 2 * DAY_MS))).toBe(true);
    const later = after(...READY, lost(NOON), lost(NOON + DAY_MS));
    expect(isReadyToConfirm(gateOnDay(later, NOON + DAY_MS))).toBe(false);
  });

  it('says why it was shut last where it was open, and not of what came while it was shut', () => {
    const shut = advanceGate(open, { kind: 'suspended' });
    expect(advanceGate(shut, { kind: 'switched-off' }).shutBecause).toBe(
      'The computer was asleep.',
    );
    expect(advanceGate(SHUT_GATE, { kind: 'suspended' }).shutBecause).toBeNull();
  });

  it('is the very same on a day on which nothing was lost', () => {
    expect(gateOnDay(open, NOON + 5 * DAY_MS)).toBe(open);
  });

  it('is open only when a confirmation came while all held, and nothing was lost since', () => {
    const event = fc.oneof(
      fc.constantFrom<LiveGateEvent>(
        ...READY,
        CONFIRM,
        CONFIRM,
        SICK,
        { kind: 'allowed', isAllowed: false },
        { kind: 'credentials', areValid: false, reason: 'no' },
        { kind: 'reconciled', isDone: false, reason: 'no' },
        { kind: 'loss-limit', time: NOON, reason: 'Too much was lost.' },
        { kind: 'emergency-stop' },
        { kind: 'suspended' },
        { kind: 'target-changed', what: 'It' },
      ),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        expect(isLive(after(...events))).toBe(reference(events));
      }),
    );
  });
});

/** The rules of docs/safety.md once more, as plain flags. */
function reference(events: readonly LiveGateEvent[]): boolean {
  const has = { allowed: false, health: false, credentials: false, reconciled: false };
  let failures = 0;
  let isLost = false;
  let isConfirmed = false;
  for (const event of events) {
    if (event.kind === 'allowed') has.allowed = event.isAllowed;
    else if (event.kind === 'credentials') has.credentials = event.areValid;
    else if (event.kind === 'reconciled') has.reconciled = event.isDone;
    else if (event.kind === 'loss-limit') isLost = true;
    else if (event.kind === 'health') {
      failures = event.isHealthy ? 0 : failures + 1;
      has.health = event.isHealthy || (has.health && failures < 3);
    }
    const all = Object.values(has).every(Boolean) && !isLost;
    if (event.kind === 'confirmed') isConfirmed ||= all;
    if (!all || ['emergency-stop', 'suspended', 'target-changed'].includes(event.kind)) {
      isConfirmed = false;
    }
  }
  return isConfirmed;
}
