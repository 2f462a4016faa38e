/** Keeps the live gate of one run of the app: shut at its beginning, and told of everything that can shut it. */

import {
  advanceGate,
  gateOnDay,
  isLive,
  isReadyToConfirm,
  SHUT_GATE,
  type LiveGate,
  type LiveGateEvent,
} from '../../core/risk/live-gate.ts';
import { LIVE_CONDITIONS } from '../../core/domain/live-condition.ts';

export interface GateListener {
  /** It was open and is shut now. */
  readonly onShut: () => void;
  readonly onChange: () => void;
}

export class GateKeeper {
  readonly #listener: GateListener;
  readonly #now: () => number;
  #gate: LiveGate = SHUT_GATE;

  /** @param now ms UTC */
  constructor(now: () => number, listener: GateListener) {
    this.#now = now;
    this.#listener = listener;
  }

  get gate(): LiveGate {
    return this.#gate;
  }

  get isLive(): boolean {
    return isLive(this.#gate);
  }

  get isReady(): boolean {
    return isReadyToConfirm(this.#gate);
  }

  /** Why nothing can be opened, as a sentence; `null` while the gate is open. */
  closedBecause(): string | null {
    const { conditions, shutBecause } = this.#gate;
    const missing = LIVE_CONDITIONS.find((name) => !conditions[name].holds);
    if (missing === undefined) return null;
    const reason =
      missing === 'confirmed' && shutBecause !== null ? shutBecause : conditions[missing].reason;
    return `Live mode is off: nothing is bought. ${reason}`;
  }

  tell(event: LiveGateEvent): void {
    this.#become(advanceGate(this.#gate, event));
  }

  /** A lost day may be over. */
  lookAtDay(): void {
    this.#become(gateOnDay(this.#gate, this.#now()));
  }

  #become(gate: LiveGate): void {
    if (gate === this.#gate) return;
    const hasShut = isLive(this.#gate) && !isLive(gate);
    this.#gate = gate;
    if (hasShut) this.#listener.onShut();
    this.#listener.onChange();
  }
}
