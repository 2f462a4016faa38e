/** What a program that we start may know of our environment: how to reach the desktop and its folders, and no secret. */

/** Names in capitals: Windows tells none apart by case. What is not listed stays here, whatever it is called. */
const ALLOWED: ReadonlySet<string> = new Set([
  // Folders and the person.
  'HOME',
  'USER',
  'LOGNAME',
  'PATH',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'LANGUAGE',
  'TZ',
  // A Linux desktop: its bus, where the keyring answers, its screen and what kind it is.
  'DBUS_SESSION_BUS_ADDRESS',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'GNOME_KEYRING_CONTROL',
  'DESKTOP_SESSION',
  'KDE_FULL_SESSION',
  'KDE_SESSION_VERSION',
  'BROWSER',
  // macOS.
  '__CF_USER_TEXT_ENCODING',
  // Windows.
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'PATHEXT',
  'USERNAME',
  'USERDOMAIN',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'PROGRAMFILES',
  'PROGRAMFILES(X86)',
]);

/** Of locale and desktop, whole families. */
const ALLOWED_FAMILY = /^(?:LC_|XDG_)[A-Z_]+$/;

export type Environment = Readonly<Record<string, string | undefined>>;

/** @returns the part of `environment` that a child process is handed: tokens and keys stay, also those of other programs */
export function childEnvironment(environment: Environment): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => {
      const capitals = name.toUpperCase();
      return ALLOWED.has(capitals) || ALLOWED_FAMILY.test(capitals);
    }),
  );
}
