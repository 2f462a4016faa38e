/** An engine's state as it comes back from disk. */

import type { Engine, EngineState } from '../engine.ts';

export function keptState(engine: Engine): EngineState {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON has no types; what comes back is what went in, or the test fails
  return JSON.parse(JSON.stringify(engine.state())) as EngineState;
}
