/** Why the app cannot start; the message is a sentence for the person. */
export class AppStartError extends Error {
  override readonly name = 'AppStartError';
}
