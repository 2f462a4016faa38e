import { expect, it } from 'vitest';
import { sampleSummary } from '../../../testing/samples.ts';
import { BUY_AND_HOLD, HEADLINE, METRIC_GROUPS, TOTAL_RETURN } from './metrics.ts';

const all = [
  TOTAL_RETURN,
  BUY_AND_HOLD,
  ...HEADLINE,
  ...METRIC_GROUPS.flatMap(({ metrics }) => metrics),
];

/** Shown with the settings instead. */
const ELSEWHERE = ['bars', 'firstTime', 'lastTime', 'startingBalance'];

it('shows every figure of a summary exactly once', () => {
  const shown = [...all.map(({ key }) => key), ...ELSEWHERE];
  const figures = Object.keys(sampleSummary());
  expect(new Set(shown)).toEqual(new Set(figures));
  expect(shown).toHaveLength(figures.length);
});

it('reads the figure that its key names', () => {
  const summary: Readonly<Record<string, number | null>> = { ...sampleSummary() };
  for (const metric of all) expect(metric.value(sampleSummary())).toBe(summary[metric.key]);
});
