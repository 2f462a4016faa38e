import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tradingRules, type TradingRules } from '../../../contract/trading.ts';
import {
  problemWith,
  protectionViews,
  type ProtectionField,
  type ProtectionView,
} from './protections.ts';

type Protections = TradingRules['protections'];

const NONE: Protections = {
  cooldownMs: null,
  stopLossGuard: null,
  drawdownGuard: null,
  maxOpenPositions: null,
};

/** Everything switched on, one after another. */
function allOn(): Protections {
  return protectionViews(NONE).reduce<Protections>((all, { name }) => {
    const view = protectionViews(all).find((one) => one.name === name);
    return view?.toggled() ?? all;
  }, NONE);
}

describe('protections', () => {
  it('say what they would do before they are switched on', () => {
    expect(protectionViews(NONE).map(({ isOn, sentence }) => [isOn, plain(sentence)])).toEqual([
      [false, 'A bot that lost waits 1 h before it buys again.'],
      [false, '3 stop-losses within 1 d pause all buying for 12 h.'],
      [false, 'Losing 3 % within 2 d pauses all buying for 1 d.'],
      [false, 'At most 3 positions are open at once.'],
    ]);
  });

  it('have fields once they are on, and none when they are off again', () => {
    const views = protectionViews(allOn());
    expect(views.map(({ fields }) => fields.map(({ label }) => label))).toEqual([
      ['Pause'],
      ['Stop-losses', 'Within', 'Pause'],
      ['Loss', 'Within', 'Pause'],
      ['Positions'],
    ]);
    for (const { name, toggled } of views) expect(toggled()[name]).toBeNull();
  });

  it('change one figure and nothing else', () => {
    const views = protectionViews(allOn());
    const changed = fieldOf(views, 1, 1).withShown(36);
    expect(changed).toEqual({
      ...allOn(),
      stopLossGuard: { stops: 3, withinMs: 36 * 3_600_000, pauseMs: 12 * 3_600_000 },
    });
    expect(plain(protectionViews(changed)[1]?.sentence ?? '')).toBe(
      '3 stop-losses within 1 d 12 h pause all buying for 12 h.',
    );
  });

  it('are taken by the app with any figure that the field takes', () => {
    const { protections } = tradingRules.shape;
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (a, b, part) => {
        const views = protectionViews(allOn());
        const field = fieldOf(views, a, b);
        const shown = field.min + (field.max - field.min) * part;
        expect(problemWith(field, shown)).toBeNull();
        expect(protections.safeParse(field.withShown(shown)).error).toBeUndefined();
      }),
    );
  });

  it('say what is wrong with a figure that is not', () => {
    const pause = fieldOf(protectionViews(allOn()), 0, 0);
    expect(problemWith(pause, 0)).toBe('Pause must be from 1 to 10,080 min.');
    expect(problemWith(pause, '')).toBe('Pause must be from 1 to 10,080 min.');
    const sentence = 'Write it without a sign.';
    expect(problemWith(pause, { text: '-5', sentence, isUnfinished: false })).toBe(sentence);
  });
});

/** Counted on from the start when there are not so many. */
function fieldOf(views: readonly ProtectionView[], view: number, field: number): ProtectionField {
  const found = views.at(view % views.length)?.fields ?? [];
  const one = found.at(field % found.length);
  if (one === undefined) throw new Error('There is no such field.');
  return one;
}

function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}
