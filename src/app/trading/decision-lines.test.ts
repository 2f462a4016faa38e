import { describe, expect, it } from 'vitest';
import { plain } from './decision-lines.ts';
import { LiveStage } from './testing/live-stage.ts';

it.each([
  [1e-7, '0.0000001'],
  [0.1 + 0.2, '0.3'],
  [0.00033000000000000005, '0.00033'],
  [60_400.01, '60,400.01'],
  [0, '0'],
])('%d is told as %s', (figure, text) => {
  expect(plain(figure)).toBe(text);
});

describe('what was decided', () => {
  it('is told in sentences, and what is withdrawn by what it was', async () => {
    const stage = await LiveStage.open();
    await stage.begin();
    const botId = await stage.addBot({ name: 'Rosa' });
    await stage.quote(60_000);
    await stage.enter(botId, { cost: 20, stop: 57_000 });
    await stage.call('bots.close', { botId });
    const lines = await stage.call('trading.decisions', { limit: 10 });
    const told = lines.map(({ kind, sentence }) => `${kind}: ${sentence}`).toReversed();
    expect(told[0]).toBe('submitted: Buy BTC for 20.00 USDT at the market.');
    expect(told[1]).toMatch(/^submitted: Sell 0\.000\d+ BTC if the price falls to 57,000\.$/);
    expect(told[2]).toMatch(/^cancelled: Withdraw \S+: sell 0\.000\d+ BTC if the price falls/);
  });
});
