/** The built app in Electron, driven by Playwright. */

import { _electron as electron, type ElectronApplication } from 'playwright-core';
import { PATIENCE_MS } from './waiting.ts';

export interface ElectronLaunch {
  readonly executablePath: string;
  readonly args: string[];
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly timeout: number;
}

export interface ElectronSetting {
  /** Electron's own program. */
  readonly program: string;
  /** The folder with package.json, which names what was built. */
  readonly root: string;
  /** Absolute. */
  readonly dataDir: string;
  /** All of it; nothing is added. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The folder rather than the file, so that the app reads its name and version from package.json: as `npm start`. */
export function electronLaunch(setting: ElectronSetting): ElectronLaunch {
  const { program, root, dataDir, environment } = setting;
  const set = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined || NOT_HANDED_ON.has(name) ? [] : [[name, value] as const],
  );
  return {
    executablePath: program,
    args: [root, `--data-dir=${dataDir}`],
    cwd: root,
    env: Object.fromEntries(set),
    timeout: PATIENCE_MS,
  };
}

/** The first makes a plain Node of Electron; the second is for the Node that runs the tests. */
const NOT_HANDED_ON: ReadonlySet<string> = new Set(['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS']);

export function startElectron(setting: ElectronSetting): Promise<ElectronApplication> {
  return electron.launch(electronLaunch(setting));
}
