/** One line in the corner when an action has ended. */

import { notifications } from '@mantine/notifications';

export function notifyDone(message: string): void {
  notifications.show({ message, color: 'indigo', autoClose: 4_000, withBorder: true });
}

/** Stays until it is closed: someone has to read it. The same again takes the place of the one before. */
export function notifyFailed(title: string, message: string): void {
  notifications.hide(title);
  const look = { color: 'red', autoClose: false, withBorder: true } as const;
  notifications.show({ id: title, title, message, ...look });
}
