/** The picked bot's market: its bars as they close, its fills, and what guards its position. */

import { SegmentedControl } from '@mantine/core';
import { IconChartCandle } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useStore } from 'zustand';
import { MARKET_VENUES, type MarketBars, type MarketVenue } from '../../../../contract/market.ts';
import type { BotSettings, TradingStatus } from '../../../../contract/trading.ts';
import { TIMEFRAMES, timeframeMs, type Timeframe } from '../../../../core/domain/timeframe.ts';
import { useServices } from '../../../app/services.tsx';
import { ChartSteps, type ChartSteering } from '../../../ui/candles/chart-steps.tsx';
import { formatDuration, formatPrice } from '../../../ui/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState, ErrorPanel, LoadingPanel } from '../../../ui/states.tsx';
import { useNow } from '../../../ui/use-now.ts';
import type { BotWithPosition } from '../bot-of.ts';
import { createBarsStore, type BarsStore } from './bars-store.ts';
import { levelsOf, type Level } from './levels.ts';
import { LiveChart } from './live-chart.tsx';
import { useFills } from './use-fills.ts';

interface ChartPanelProps extends BotWithPosition {
  readonly status: TradingStatus;
}

/** Asked for; what is older is looked at in a backtest. */
const BARS = 500;

export function ChartPanel({ status, bot, position }: ChartPanelProps) {
  const { symbol } = bot.settings;
  const [timeframe, setTimeframe] = useState<Timeframe>(bot.settings.timeframe);
  const chart = useRef<ChartSteering>(null);
  const venue = MARKET_VENUES.find((one) => one === status.venueId) ?? null;
  return (
    <Panel
      title={symbol}
      note={<ChartNote />}
      flush
      actions={
        <>
          <SegmentedControl
            aria-label="Timeframe of the chart"
            data={[...TIMEFRAMES]}
            value={timeframe}
            onChange={setTimeframe}
          />
          <ChartSteps chart={chart} />
        </>
      }
    >
      {venue === null ? (
        <EmptyState icon={<IconChartCandle size={24} />} title="No bars to show">
          This account replays a recording. Look at its candles on the Backtest screen.
        </EmptyState>
      ) : (
        <LiveBars
          key={timeframe}
          chart={chart}
          venue={venue}
          timeframe={timeframe}
          status={status}
          bot={bot}
          position={position}
        />
      )}
    </Panel>
  );
}

function ChartNote() {
  return (
    <>
      times in UTC · chart by{' '}
      <a href="https://www.tradingview.com/" target="_blank" rel="noreferrer">
        TradingView
      </a>
    </>
  );
}

interface LiveBarsProps extends ChartPanelProps {
  readonly chart: RefObject<ChartSteering | null>;
  readonly venue: MarketVenue;
  readonly timeframe: Timeframe;
}

function LiveBars({ chart, venue, timeframe, status, bot, position }: LiveBarsProps) {
  const { symbol } = bot.settings;
  const store = useBars(venue, timeframe, bot.settings);
  const { bars, error } = useStore(store);
  const trades = useFills(status, bot.id, position);
  const levels = useLevels(position);
  if (bars === null && error === null) {
    return <LoadingPanel label="Loading the bars" height={280} />;
  }
  return (
    <>
      {error !== null && (
        <ErrorPanel
          title={bars === null ? 'The bars could not be loaded' : 'No new bars come'}
          sentence={error}
          onRetry={store.connect}
        />
      )}
      {bars?.time.length === 0 && (
        <EmptyState icon={<IconChartCandle size={24} />} title="No bars yet">
          {symbol} has no closed bars of {timeframe} here. Choose another timeframe, or wait for one
          to close.
        </EmptyState>
      )}
      {bars !== null && bars.time.length > 0 && (
        <Freshness bars={bars} timeframe={timeframe} isBroken={error !== null}>
          <LiveChart
            ref={chart}
            bars={bars}
            trades={trades}
            levels={levels}
            symbol={symbol}
            label={`Candles of ${symbol}, ${timeframe}. ${levelWords(levels)}`}
          />
        </Freshness>
      )}
    </>
  );
}

function useBars(venue: MarketVenue, timeframe: Timeframe, bot: BotSettings): BarsStore {
  const { client } = useServices();
  // On other bars its lines would be others.
  const strategy = bot.timeframe === timeframe ? bot.strategy : null;
  const [store] = useState(() =>
    createBarsStore(client, { venue, symbol: bot.symbol, timeframe, count: BARS, strategy }),
  );
  useEffect(() => store.connect(), [store]);
  return store;
}

/** The same as long as the prices are, so that lines are not drawn anew at every tick. */
function useLevels(position: BotWithPosition['position']): readonly Level[] {
  const written = JSON.stringify(levelsOf(position));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by JSON.stringify above
  return useMemo(() => JSON.parse(written) as readonly Level[], [written]);
}

function levelWords(levels: readonly Level[]): string {
  return levels.map(({ name, price }) => `${name} at ${formatPrice(price)}.`).join(' ');
}

interface FreshnessProps {
  readonly bars: MarketBars;
  readonly timeframe: Timeframe;
  readonly isBroken: boolean;
  readonly children: ReactNode;
}

/** Greys bars that should have been followed by another one, and says how old they are. */
function Freshness({ bars, timeframe, isBroken, children }: FreshnessProps) {
  const now = useNow(5_000);
  const length = timeframeMs(timeframe);
  const closedAt = (bars.time.at(-1) ?? 0) + length;
  const age = now - closedAt;
  const isStale = isBroken || age > 2 * length;
  return (
    <div className="freshness" data-stale={isStale}>
      {isStale && (
        <p className="freshness-note" role="status">
          The last bar closed {formatDuration(Math.max(0, age))} ago.
        </p>
      )}
      {children}
    </div>
  );
}
