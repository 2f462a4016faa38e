/** The protections as switches with fields: what each is switched on with, and what it then does, in a sentence. */

import type { TradingRules } from '../../../contract/trading.ts';
import { fractionToPercent, percentToFraction } from '../../ui/form/entries.ts';
import { isUnread, plainNumber, type NumberEntry } from '../../ui/form/number/number-entry.ts';
import { formatDuration } from '../../ui/format.ts';

type Protections = TradingRules['protections'];

export interface ProtectionField {
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly whole: boolean;
  readonly shown: number;
  /** All protections, this figure changed. */
  readonly withShown: (shown: number) => Protections;
}

export interface ProtectionView {
  readonly name: keyof Protections;
  readonly label: string;
  readonly isOn: boolean;
  /** What it does with its figures, or what it would do with the standard ones. */
  readonly sentence: string;
  /** None while it is off. */
  readonly fields: readonly ProtectionField[];
  readonly toggled: () => Protections;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WEEK_HOURS = 7 * 24;

const STANDARD = {
  cooldownMs: HOUR_MS,
  stopLossGuard: { stops: 3, withinMs: 24 * HOUR_MS, pauseMs: 12 * HOUR_MS },
  drawdownGuard: { fraction: 0.03, withinMs: 48 * HOUR_MS, pauseMs: 24 * HOUR_MS },
  maxOpenPositions: 3,
} as const satisfies { readonly [Name in keyof Protections]: NonNullable<Protections[Name]> };

export function protectionViews(all: Protections): readonly ProtectionView[] {
  return [cooldown(all), stopLossGuard(all), drawdownGuard(all), openPositions(all)];
}

function cooldown(all: Protections): ProtectionView {
  const { cooldownMs: kept } = all;
  return {
    name: 'cooldownMs',
    label: 'Pause after a loss',
    isOn: kept !== null,
    sentence: `A bot that lost waits ${formatDuration(kept ?? STANDARD.cooldownMs)} before it buys again.`,
    fields:
      kept === null
        ? []
        : [
            {
              label: 'Pause',
              unit: 'min',
              min: 1,
              max: WEEK_HOURS * 60,
              step: 10,
              whole: false,
              shown: kept / MINUTE_MS,
              withShown: (minutes) => ({ ...all, cooldownMs: Math.round(minutes * MINUTE_MS) }),
            },
          ],
    toggled: () => ({ ...all, cooldownMs: kept === null ? STANDARD.cooldownMs : null }),
  };
}

function stopLossGuard(all: Protections): ProtectionView {
  const { stopLossGuard: kept } = all;
  const { stops, withinMs, pauseMs } = kept ?? STANDARD.stopLossGuard;
  const change = (part: Partial<NonNullable<typeof kept>>) => ({
    ...all,
    stopLossGuard: { stops, withinMs, pauseMs, ...part },
  });
  return {
    name: 'stopLossGuard',
    label: 'Pause after several stops',
    isOn: kept !== null,
    sentence: `${stops} stop-losses within ${formatDuration(withinMs)} pause all buying for ${formatDuration(pauseMs)}.`,
    fields:
      kept === null
        ? []
        : [
            {
              label: 'Stop-losses',
              unit: '',
              min: 1,
              max: 100,
              step: 1,
              whole: true,
              shown: stops,
              withShown: (shown) => change({ stops: Math.round(shown) }),
            },
            ...spanFields({ withinMs, pauseMs }, change),
          ],
    toggled: () => ({ ...all, stopLossGuard: kept === null ? STANDARD.stopLossGuard : null }),
  };
}

function drawdownGuard(all: Protections): ProtectionView {
  const { drawdownGuard: kept } = all;
  const { fraction, withinMs, pauseMs } = kept ?? STANDARD.drawdownGuard;
  const change = (part: Partial<NonNullable<typeof kept>>) => ({
    ...all,
    drawdownGuard: { fraction, withinMs, pauseMs, ...part },
  });
  const percent = fractionToPercent(fraction);
  return {
    name: 'drawdownGuard',
    label: 'Pause after a drawdown',
    isOn: kept !== null,
    sentence: `Losing ${plainNumber(percent)} % within ${formatDuration(withinMs)} pauses all buying for ${formatDuration(pauseMs)}.`,
    fields:
      kept === null
        ? []
        : [
            {
              label: 'Loss',
              unit: '%',
              min: 0.1,
              max: 99,
              step: 0.5,
              whole: false,
              shown: percent,
              withShown: (shown) => change({ fraction: percentToFraction(shown) }),
            },
            ...spanFields({ withinMs, pauseMs }, change),
          ],
    toggled: () => ({ ...all, drawdownGuard: kept === null ? STANDARD.drawdownGuard : null }),
  };
}

interface Spans {
  readonly withinMs: number;
  readonly pauseMs: number;
}

function spanFields(
  { withinMs, pauseMs }: Spans,
  change: (part: Partial<Spans>) => Protections,
): readonly ProtectionField[] {
  const hours = { unit: 'h', min: 1, max: WEEK_HOURS, step: 1, whole: false } as const;
  return [
    {
      ...hours,
      label: 'Within',
      shown: withinMs / HOUR_MS,
      withShown: (shown) => change({ withinMs: Math.round(shown * HOUR_MS) }),
    },
    {
      ...hours,
      label: 'Pause',
      shown: pauseMs / HOUR_MS,
      withShown: (shown) => change({ pauseMs: Math.round(shown * HOUR_MS) }),
    },
  ];
}

function openPositions(all: Protections): ProtectionView {
  const { maxOpenPositions: kept } = all;
  const most = kept ?? STANDARD.maxOpenPositions;
  return {
    name: 'maxOpenPositions',
    label: 'Few positions at a time',
    isOn: kept !== null,
    sentence: `At most ${most} ${most === 1 ? 'position is' : 'positions are'} open at once.`,
    fields:
      kept === null
        ? []
        : [
            {
              label: 'Positions',
              unit: '',
              min: 1,
              max: 100,
              step: 1,
              whole: true,
              shown: most,
              withShown: (shown) => ({ ...all, maxOpenPositions: Math.round(shown) }),
            },
          ],
    toggled: () => ({ ...all, maxOpenPositions: kept === null ? STANDARD.maxOpenPositions : null }),
  };
}

/** What is wrong with a figure, as a sentence; `null` where it can be used. */
export function problemWith(
  { label, unit, min, max }: ProtectionField,
  entry: NumberEntry,
): string | null {
  if (isUnread(entry)) return entry.sentence;
  if (entry !== '' && entry >= min && entry <= max) return null;
  const words = unit === '' ? '' : ` ${unit}`;
  return `${label} must be from ${plainNumber(min)} to ${plainNumber(max)}${words}.`;
}
