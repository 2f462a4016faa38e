/** Whether something that was asked for is still under way: its button shows it. */

import { useState } from 'react';

interface Busy {
  readonly isBusy: boolean;
  /** Does the work; until it has ended, it is under way. */
  run(work: () => Promise<void>): Promise<void>;
}

export function useBusy(): Busy {
  const [isBusy, setBusy] = useState(false);
  return {
    isBusy,
    async run(work) {
      setBusy(true);
      await work().finally(() => setBusy(false));
    },
  };
}
