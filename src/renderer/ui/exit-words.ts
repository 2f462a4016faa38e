/** Why a position was sold, in words. */

import type { ExitReason } from '../../core/domain/order.ts';

export const EXIT_WORDS: Readonly<Record<ExitReason, string>> = {
  signal: 'Signal',
  'stop-loss': 'Stop-loss',
  'take-profit': 'Take-profit',
  'trailing-stop': 'Trailing stop',
  'time-exit': 'Time exit',
  manual: 'By hand',
  'emergency-stop': 'Emergency stop',
  'sold-outside': 'Sold outside CryptoPiggy',
  'written-off': 'Written off',
};
