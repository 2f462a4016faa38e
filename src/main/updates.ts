/** Looks for new versions, fetches them, and has one installed only while nothing of trading is open. */

import type { MessageBoxOptions } from 'electron';
import type { Glance } from '../app/controls.ts';
import type { Clock } from '../app/trading/clock.ts';
import type { Notify } from './notify.ts';
import type { MessageDialog } from './stop-action.ts';
import { heldBackBecause } from './update-hold.ts';

/** ms from the start to the first look: a start has better things to do. */
export const FIRST_LOOK_MS = 5 * 60_000;
/** ms between two looks. */
export const LOOK_EVERY_MS = 12 * 60 * 60_000;
/** ms until what trading held back is tried again. */
export const TRY_AGAIN_MS = 10 * 60_000;

/** What is needed of a library for updates. All of it rejects with what went wrong. */
export interface UpdateLibrary {
  /** @returns the version that is newer than this one, or `null` */
  check(): Promise<string | null>;
  /** Fetches what `check` found, and refuses what is not what was published. */
  download(): Promise<void>;
  /** Puts the download in this app's place, and resolves when the app has to end. @param restart starts it again */
  install(restart: boolean): Promise<void>;
}

export interface UpdatesParts {
  /** Called at the first look, since loading it takes a while. */
  readonly openLibrary: () => Promise<UpdateLibrary>;
  readonly glance: () => Glance;
  readonly clock: Clock;
  readonly dialog: MessageDialog;
  readonly notify: Notify;
  /** Begins to quit, which ends with the installation (update-at-quit.ts). */
  readonly quit: () => void;
  /** Has this version start again after it has ended. */
  readonly relaunch: () => void;
  readonly log: (sentence: string) => void;
}

type Known =
  | { readonly kind: 'nothing' }
  /** Not downloaded yet: the line is trading's while something is open. */
  | { readonly kind: 'found'; readonly version: string }
  | { readonly kind: 'downloaded'; readonly version: string }
  /** Asked about once; it stays until a person restarts or quits. */
  | { readonly kind: 'offered'; readonly version: string };

const RESTART = 1;

export class Updates {
  readonly #parts: UpdatesParts;
  #library: UpdateLibrary | null = null;
  #known: Known = { kind: 'nothing' };
  #hasFailed = false;
  #isToldOfWaiting = false;
  #wantsRestart = false;
  #callOff: () => void;

  constructor(parts: UpdatesParts) {
    this.#parts = parts;
    this.#callOff = parts.clock.setTimer(FIRST_LOOK_MS, () => void this.#look());
  }

  /** The version that is installed when the app ends, `null` while there is none. */
  get ready(): string | null {
    return this.#known.kind === 'downloaded' || this.#known.kind === 'offered'
      ? this.#known.version
      : null;
  }

  close(): void {
    this.#callOff();
  }

  /** Restarts into the new version, or says why not now. */
  restart(): void {
    if (this.ready === null) return;
    this.#wantsRestart = true;
    if (this.mayQuit()) this.#parts.quit();
  }

  /** `false` keeps the app running: it was to restart, and something has been opened since. */
  mayQuit(): boolean {
    const reason = this.#wantsRestart ? this.#heldBack() : null;
    if (reason === null) return true;
    this.#wantsRestart = false;
    this.#parts.notify('Not updated', `${reason} ${WHEN_QUIET}`);
    return false;
  }

  /** Whether there is something to install and nothing that holds it back. */
  mayInstall(): boolean {
    return this.ready !== null && this.#heldBack() === null;
  }

  /** Once all has been put away; the app has to end when this resolves. Never rejects. */
  async install(): Promise<void> {
    try {
      await this.#library?.install(this.#wantsRestart);
    } catch (error) {
      this.#parts.log(`The update could not be installed; this version stays. ${reasonOf(error)}`);
      if (this.#wantsRestart) this.#parts.relaunch();
    }
  }

  /** Never throws: it is asked on the way out, where everything else must still be put away. */
  #heldBack(): string | null {
    try {
      return heldBackBecause(this.#parts.glance());
    } catch {
      return 'What is open cannot be told.';
    }
  }

  async #look(): Promise<void> {
    try {
      await this.#step();
      this.#hasFailed = false;
    } catch (error) {
      this.#complain(error);
    }
    const isWaiting = this.#known.kind === 'found' || this.#known.kind === 'downloaded';
    this.#callOff = this.#parts.clock.setTimer(
      isWaiting ? TRY_AGAIN_MS : LOOK_EVERY_MS,
      () => void this.#look(),
    );
  }

  async #step(): Promise<void> {
    if (this.#known.kind === 'nothing' || this.#known.kind === 'offered') await this.#check();
    if (this.#known.kind === 'found') await this.#download(this.#known.version);
    if (this.#known.kind === 'downloaded') this.#offer(this.#known.version);
  }

  async #check(): Promise<void> {
    this.#library ??= await this.#parts.openLibrary();
    const version = await this.#library.check();
    if (version === null || version === this.ready) return;
    this.#known = { kind: 'found', version };
    this.#isToldOfWaiting = false;
  }

  async #download(version: string): Promise<void> {
    const reason = this.#heldBack();
    if (reason !== null) {
      this.#tellOfWaiting(version, reason);
      return;
    }
    // One that fails waits for the next look: a wrong file does not mend itself in ten minutes.
    this.#known = { kind: 'nothing' };
    await this.#library?.download();
    this.#known = { kind: 'downloaded', version };
    this.#parts.notify(`CryptoPiggy ${version} is ready`, WHEN_QUIET);
  }

  #tellOfWaiting(version: string, reason: string): void {
    if (this.#isToldOfWaiting) return;
    this.#isToldOfWaiting = true;
    const sentence = `${reason} It is downloaded once nothing is open.`;
    this.#parts.notify(`There is CryptoPiggy ${version}`, sentence);
  }

  /** Never beside something open: it would be refused. */
  #offer(version: string): void {
    if (this.#heldBack() !== null) return;
    this.#known = { kind: 'offered', version };
    void this.#ask(version);
  }

  async #ask(version: string): Promise<void> {
    try {
      const { response } = await this.#parts.dialog.showMessageBox(questionOf(version));
      if (response === RESTART) this.restart();
    } catch (error) {
      this.#parts.log(`The question about the update could not be asked. ${reasonOf(error)}`);
    }
  }

  /** Once, until a look succeeds again: a computer without a network would fill the log. */
  #complain(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#parts.log(
      `Looking for a new version failed; this one goes on, and looks again every 12 hours. ${reasonOf(error)}`,
    );
  }
}

const WHEN_QUIET = 'It is installed when you restart or quit while nothing is open.';

function questionOf(version: string): MessageBoxOptions {
  return {
    type: 'info',
    title: 'Update',
    message: `CryptoPiggy ${version} is ready.`,
    detail:
      'A restart installs it now; bots, backtests and downloads that run are interrupted. Otherwise it is installed when you quit. Neither happens while an order or a position is open or live mode is on.',
    buttons: ['Later', 'Restart and update'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
}

/** Its first line: what follows in some of the library's errors is headers and file lists. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? '';
}
