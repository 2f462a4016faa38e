import { describe, expect, it } from 'vitest';
import { SMA_CROSS } from '../../../testing/samples.ts';
import { defaultParams } from '../../../ui/form/entries.ts';
import {
  NEW_BOT,
  readBotForm,
  suggestBotName,
  symbolToStartWith,
  type BotFormValues,
} from './bot-form-model.ts';

function filled(part: Partial<BotFormValues> = {}): BotFormValues {
  return {
    ...NEW_BOT,
    symbol: 'BTC/USDT',
    strategy: SMA_CROSS.name,
    params: defaultParams(SMA_CROSS),
    ...part,
  };
}

describe('a new bot', () => {
  it('is asked for in fractions and milliseconds', () => {
    const values = filled({ targetPercent: 6, trailingPercent: 1.5, maxHoldHours: 0.5 });
    expect(readBotForm(values, SMA_CROSS).settings).toEqual({
      name: 'Moving-average cross BTC/USDT 5m',
      symbol: 'BTC/USDT',
      timeframe: '5m',
      strategy: { name: 'sma-cross', params: { fast: 10, slow: 30 } },
      sizing: { kind: 'fixed', cost: 25 },
      exits: { stopDistance: 0.03, targetDistance: 0.06, trailing: 0.015, maxHoldMs: 1_800_000 },
    });
  });

  it('attaches no exit whose field is empty', () => {
    const { settings } = readBotForm(filled({ stopPercent: '' }), SMA_CROSS);
    expect(settings?.exits).toEqual({
      stopDistance: null,
      targetDistance: null,
      trailing: null,
      maxHoldMs: null,
    });
  });

  it('trades by hand alone where no strategy is chosen', () => {
    const { settings } = readBotForm(filled({ strategy: null }), null);
    expect(settings).toMatchObject({ name: 'By hand BTC/USDT 5m', strategy: null });
  });

  it('is called what was typed', () => {
    const { settings } = readBotForm(filled({ name: ' Mine ' }), SMA_CROSS);
    expect(settings?.name).toBe('Mine');
  });

  it('gives each wrong field its own sentence', () => {
    const values = filled({
      symbol: null,
      params: { fast: 0, slow: 30 },
      fixedCost: 0,
      stopPercent: 100,
      targetPercent: -1,
      trailingPercent: { text: 'x', sentence: 'Write a number.', isUnfinished: false },
      maxHoldHours: 9_000,
    });
    const { errors, settings } = readBotForm(values, SMA_CROSS);
    expect(settings).toBeNull();
    expect(errors).toEqual({
      symbol: 'Choose a symbol. Settings say which may be traded.',
      'param.fast': 'Parameter fast is 0, but must be from 1 to 500.',
      fixedCost: 'Must be above 0.',
      stopPercent: 'Must be below 100.',
      targetPercent: 'Must be above 0.',
      trailingPercent: 'Write a number.',
      maxHoldHours: 'Must be 8,760 or less.',
    });
  });
});

it('suggests a name before a symbol is chosen', () => {
  expect(suggestBotName(NEW_BOT, null)).toBe('By hand 5m');
});

it('starts with a symbol that the account has the money for', () => {
  const whitelist = ['BTC/USDT', 'BTC/USD', 'ETH/USD'];
  expect(symbolToStartWith(whitelist, ['USD'])).toBe('BTC/USD');
  expect(symbolToStartWith(whitelist, ['EUR'])).toBe('BTC/USDT');
  expect(symbolToStartWith([], ['USD'])).toBeNull();
});
