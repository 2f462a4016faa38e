/** One line in the corner when an action has ended. */

import { notifications } from '@mantine/notifications';

export function notifyDone(message: string): void {
  notifications.show({ message, color: 'indigo', autoClose: 4_000, withBorder: true });
}

/** Stays until it is closed: someone has to read it. */
export function notifyFailed(title: string, message: string): void {
  notifications.show({ title, message, color: 'red', autoClose: false, withBorder: true });
}
