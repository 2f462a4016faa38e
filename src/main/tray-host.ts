/** Whether a Linux desktop shows tray icons: Electron makes one there either way, and nobody may see it. */

/** In the words of the desktops' own protocol for tray icons, as GLib's tool asks for it. */
const QUESTION = [
  'call',
  '--session',
  '--timeout=2',
  '--dest=org.kde.StatusNotifierWatcher',
  '--object-path=/StatusNotifierWatcher',
  '--method=org.freedesktop.DBus.Properties.Get',
  'org.kde.StatusNotifierWatcher',
  'IsStatusNotifierHostRegistered',
] as const;

/** Runs a program and resolves to what it writes; rejects when it fails or is not there. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<string>;

/** `false` where it cannot be learnt: an app that nobody sees must not go on trading. */
export async function showsTrayIcons(run: RunProgram): Promise<boolean> {
  try {
    return (await run('gdbus', QUESTION)).includes('true');
  } catch {
    return false;
  }
}
