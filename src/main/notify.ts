/** Tells a person something through the system's notifications, and in any case through the log. */

/** What is used of Electron's `Notification`. */
interface ShownNotification {
  show(): void;
}

export interface NotificationParts {
  readonly isSupported: () => boolean;
  readonly createNotification: (options: {
    readonly title: string;
    readonly body: string;
  }) => ShownNotification;
  readonly log: (sentence: string) => void;
}

export type Notify = (title: string, sentence: string) => void;

/** Never throws: what is told of has been done, whether or not it can be shown. */
export function createNotify({ isSupported, createNotification, log }: NotificationParts): Notify {
  return (title, sentence) => {
    log(`${title}: ${sentence}`);
    try {
      if (isSupported()) createNotification({ title, body: sentence }).show();
    } catch (error) {
      log(`A notification could not be shown. ${String(error)}`);
    }
  };
}
