/** The live gate as the app tells it. */

import { useStore } from 'zustand';
import type { LiveState } from '../../../contract/live.ts';
import type { Loadable } from '../../app/loadable.ts';
import { useServices } from '../../app/services.tsx';

export function useGate(): Loadable<LiveState> {
  return useStore(useServices().trading, ({ gate }) => gate);
}
