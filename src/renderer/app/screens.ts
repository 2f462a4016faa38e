/** The screens that exist. A tab is listed once it works: nothing in the frame pretends. */

import {
  IconArrowsExchange,
  IconChartDonut3,
  IconChartHistogram,
  IconRobot,
  IconSettings,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { BacktestScreen } from '../features/backtest/backtest-screen.tsx';
import { BotsScreen } from '../features/bots/bots-screen.tsx';
import { PortfolioScreen } from '../features/portfolio/portfolio-screen.tsx';
import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import { TradesScreen } from '../features/trades/trades-screen.tsx';

export interface Screen {
  readonly id: string;
  readonly title: string;
  readonly icon: ComponentType<{ size?: number }>;
  readonly component: ComponentType;
}

export const SCREENS: readonly [Screen, ...Screen[]] = [
  { id: 'portfolio', title: 'Portfolio', icon: IconChartDonut3, component: PortfolioScreen },
  { id: 'bots', title: 'Bots', icon: IconRobot, component: BotsScreen },
  { id: 'backtest', title: 'Backtest', icon: IconChartHistogram, component: BacktestScreen },
  { id: 'trades', title: 'Trades', icon: IconArrowsExchange, component: TradesScreen },
  { id: 'settings', title: 'Settings', icon: IconSettings, component: SettingsScreen },
];
