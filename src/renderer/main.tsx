/** The window's entry: connects to the app, makes the stores, draws. */

// First: it keeps zod from probing for eval, which has to be settled before any schema is made.
import { createBridge } from './bridge/bridge.ts';
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '@mantine/dropzone/styles.css';
import '@mantine/notifications/styles.css';
import './styles/tokens.css';
import './styles/frame.css';
import './styles/panels.css';
import './styles/tables.css';
import './features/backtest/backtest.css';
import './features/bots/bots.css';
import './features/portfolio/portfolio.css';
import './features/settings/settings.css';
import './features/start/start.css';
import './features/trades/trades.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createConnectionStore } from './app/connection-store.ts';
import { ServicesProvider, type Services } from './app/services.tsx';
import { createScreenStore } from './app/screen-store.ts';
import { Frame } from './app/frame/frame.tsx';
import { readStyleNonce } from './app/style-nonce.ts';
import { resolveCssVariables, theme } from './app/theme.ts';
import { createTradingActions } from './app/trading-actions.ts';
import { createTradingStore } from './app/trading-store.ts';
import { createBacktestActions } from './features/backtest/actions.ts';
import { createBacktestStores } from './features/backtest/stores.ts';
import { firstMarks } from './ui/form/number/marks.ts';
import { NumberMarksProvider } from './ui/form/number/number-locale.tsx';

function createServices(): Services {
  const bridge = createBridge();
  const backtest = createBacktestStores(bridge.client);
  return {
    client: bridge.client,
    screen: createScreenStore(sessionStorage),
    trading: createTradingStore(bridge.client),
    tradingActions: createTradingActions(bridge.client),
    connection: createConnectionStore(bridge),
    backtest,
    actions: createBacktestActions(bridge.client, backtest),
  };
}

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no element #root.');
const nonce = readStyleNonce(document);
// Read before the session's token is taken out of the address.
const isCompact = window.location.hash === '#compact';

/** None waits behind another: the word that a stop did not end everything must be seen. */
const MOST_NOTICES = 50;

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveCssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <Notifications position="bottom-right" limit={MOST_NOTICES} />
      <NumberMarksProvider value={firstMarks(navigator.languages)}>
        <ServicesProvider value={createServices()}>
          <Frame isCompact={isCompact} />
        </ServicesProvider>
      </NumberMarksProvider>
    </MantineProvider>
  </StrictMode>,
);
