/** Something the app is asked for when a panel opens, and again when what it depends on has changed. */

import { useCallback, useEffect, useState } from 'react';
import type { Contract } from '../../contract/contract.ts';
import type { CallName, InputOf, OutputOf } from '../../contract/define.ts';
import { LOADING, loadableOf, type Loadable } from './loadable.ts';
import { useServices } from './services.tsx';

export interface Asked<T> {
  /** The last answer; an older one stays until a newer one has come. */
  readonly answer: Loadable<T>;
  readonly reload: () => void;
}

/** @param dependsOn asked again whenever it changes */
export function useAsked<Name extends CallName<Contract>>(
  name: Name,
  input: InputOf<Contract[Name]>,
  dependsOn: string,
): Asked<OutputOf<Contract[Name]>> {
  const { client } = useServices();
  const [answer, setAnswer] = useState<Loadable<OutputOf<Contract[Name]>>>(LOADING);
  const asked = JSON.stringify(input);
  const reload = useCallback(() => {
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by JSON.stringify above
      const result = await client.call(name, JSON.parse(asked) as InputOf<Contract[Name]>);
      if (isCurrent) setAnswer(loadableOf(result));
    };
    void ask();
    return () => {
      isCurrent = false;
    };
  }, [client, name, asked]);
  useEffect(reload, [reload, dependsOn]);
  return { answer, reload };
}
