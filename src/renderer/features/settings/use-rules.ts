/** The person's rules as the app keeps them, asked for when a panel opens. */

import { useCallback, useEffect, useState } from 'react';
import type { KeptRules } from '../../../contract/trading.ts';
import { LOADING, loadableOf, type Loadable } from '../../app/loadable.ts';
import { useServices } from '../../app/services.tsx';

export interface RulesAnswer {
  readonly rules: Loadable<KeptRules>;
  readonly reload: () => void;
}

export function useRules(): RulesAnswer {
  const { client } = useServices();
  const [rules, setRules] = useState<Loadable<KeptRules>>(LOADING);
  const reload = useCallback(() => {
    client.call('trading.rules', {}).then(
      (answer) => setRules(loadableOf(answer)),
      // The client answers with a failure; it never throws.
      () => {},
    );
  }, [client]);
  useEffect(reload, [reload]);
  return { rules, reload };
}
