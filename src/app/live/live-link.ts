/** The one connection of live trading: opened where key, exchange and books allow it, and ended in good order. */

import type { VenueId } from '../../contract/live.ts';
import {
  contractFailure,
  type ContractErrorCode,
  type ContractResult,
} from '../../contract/errors.ts';
import { ok } from '../../core/domain/result.ts';
import type { Decision, EngineEvent } from '../../core/events.ts';
import type { LiveGateEvent } from '../../core/risk/live-gate.ts';
import type { KeptAccount } from '../storage/trading-store.ts';
import { loadRules } from '../trading/rules.ts';
import type { OpenFeed } from '../trading/trading-side.ts';
import type { HealthReport } from './health-checks.ts';
import { isRehearsal, keptLiveAccount } from './kept-live-account.ts';
import { unreadable, WAITING } from './live-answers.ts';
import { LiveConnection } from './live-connection.ts';
import type { Credentials, LiveGateway } from './live-gateway.ts';
import { withdrawFirst } from './live-stop-places.ts';
import type { LiveTarget } from './live-target.ts';
import type { LiveTradingOptions } from './live-trading-options.ts';
import { validate } from './validation.ts';

export interface LiveLinkOptions extends LiveTradingOptions {
  readonly target: () => LiveTarget;
  /** Why nothing can be opened now; `null` while live mode is on. */
  readonly closedBecause: () => string | null;
  /** See `TradingAccountOptions`. */
  readonly brokeOff: () => string | null;
  readonly tell: (event: LiveGateEvent) => void;
  readonly onEvent: (event: EngineEvent, decisions: readonly Decision[]) => void;
  /** Another account is at work from here on. */
  readonly onOpen: () => void;
  readonly onChange: () => void;
}

/** A key is kept, and cannot be had now. */
const UNREADABLE: ReadonlySet<ContractErrorCode> = new Set(['VAULT_LOCKED', 'VAULT_UNAVAILABLE']);

type Connected = ContractResult<{ sentence: string }>;

export class LiveLink {
  readonly #options: LiveLinkOptions;
  #connection: LiveConnection | null = null;
  #health: HealthReport | null = null;
  /** What the connection was opened with, also while it is being opened again; `null` once it has ended. */
  #key: { readonly venue: VenueId; readonly credentials: Credentials } | null = null;

  constructor(options: LiveLinkOptions) {
    this.#options = options;
  }

  get connection(): LiveConnection | null {
    return this.#connection;
  }

  /** The last check of the exchange; `null` before the first. */
  get health(): HealthReport | null {
    return this.#health;
  }

  /** Validates the key and brings the books and the exchange together; what is connected already is checked again. */
  async connect(): Promise<Connected> {
    const { openGateway, target, tell } = this.#options;
    const { venue } = target();
    const credentials = await this.#credentials(venue);
    if (!credentials.ok) {
      tell({ kind: 'credentials', areValid: false, reason: credentials.error.sentence });
      return credentials;
    }
    if (this.#connection !== null) return this.#verify(this.#connection.gateway);
    const gateway = await openGateway(venue, credentials.value);
    let isOpen = false;
    try {
      await withdrawFirst(this.#options, venue, gateway);
      const opened = await this.#open(gateway, venue);
      isOpen = opened.ok;
      if (isOpen) this.#key = { venue, credentials: credentials.value };
      return opened;
    } finally {
      if (!isOpen) gateway.close();
    }
  }

  async end(): Promise<void> {
    this.#key = null;
    const connection = this.#connection;
    if (connection === null) return;
    this.#options.tell({ kind: 'disconnected' });
    await connection.end();
    this.#connection = null;
    this.#health = null;
    this.#options.onChange();
  }

  /** As `end`, where it is opened again: with the key that it has, should that be locked by now. */
  async endToReopen(): Promise<void> {
    const key = this.#key;
    await this.end();
    this.#key = key;
  }

  async #credentials(venue: VenueId): Promise<ContractResult<Credentials>> {
    const read = await this.#options.keys.read(venue);
    const isUnreadable = !read.ok && UNREADABLE.has(read.error.code);
    const isReopened = this.#connection === null && this.#key?.venue === venue;
    return isUnreadable && isReopened && this.#key !== null ? ok(this.#key.credentials) : read;
  }

  #verify(gateway: LiveGateway): Promise<Connected> {
    const { clock, tell } = this.#options;
    const report = (health: HealthReport): void => void (this.#health = health);
    return validate(gateway, { clock, report, tell });
  }

  async #open(gateway: LiveGateway, venue: VenueId): Promise<Connected> {
    const verified = await this.#verify(gateway);
    if (!verified.ok) return verified;
    const { store, clock, settings, newOrderPrefix, openFeed, onChange, onOpen } = this.#options;
    const rest = { isSimulated: isRehearsal(this.#options), now: clock.now() };
    const kept = keptLiveAccount({ store, settings, venue, newOrderPrefix, ...rest });
    if (!kept.ok) return kept;
    const feed = await openFeed(venue);
    if (feed === null) {
      return contractFailure('FEED_UNAVAILABLE', `There are no prices of ${gateway.name}.`);
    }
    try {
      this.#connection = this.#connectionTo(gateway, kept.value, feed);
    } catch (error) {
      feed.close();
      return unreadable(error);
    }
    onOpen();
    const isSynced = await this.#connection.sync();
    onChange();
    return isSynced ? verified : ok({ sentence: WAITING });
  }

  #connectionTo(gateway: LiveGateway, kept: KeptAccount, feed: OpenFeed): LiveConnection {
    const { onChange, target, settings } = this.#options;
    return new LiveConnection({
      ...this.#options,
      runToken: this.#options.newRunToken(),
      kept,
      gateway,
      feed,
      rules: loadRules(settings),
      symbol: () => target().symbol,
      report: (health) => {
        this.#health = health;
        onChange();
      },
    });
  }
}
