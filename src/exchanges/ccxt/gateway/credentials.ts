/** What an exchange's requests are signed with. */

/** Never leaves the object that ccxt signs with. */
export interface Credentials {
  readonly apiKey: string;
  readonly secret: string;
}
