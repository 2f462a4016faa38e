/** Chooses a candle source for the next backtest as soon as the app lists it. */

import { valueOf } from '../../../app/loadable.ts';
import type { BacktestStores } from '../stores.ts';

export function chooseWhenListed(
  { sources, form }: Pick<BacktestStores, 'sources' | 'form'>,
  sourceId: string,
): void {
  const choose = (): boolean => {
    const listed = valueOf(sources.getState().sources)?.find(({ id }) => id === sourceId);
    if (listed !== undefined) form.chooseSource(listed);
    return listed !== undefined;
  };
  if (choose()) return;
  const stop = sources.subscribe(() => {
    if (choose()) stop();
  });
}
