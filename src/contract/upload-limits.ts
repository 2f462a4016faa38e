/** How much of a file crosses the contract at a time and in all. Apart from the schemas, so that the command line loads none. */

/** Size of one piece of an upload, at most. */
export const UPLOAD_CHUNK_BYTES = 1 << 20;
/** Size of a whole candle file, at most. */
export const UPLOAD_MAX_BYTES = 512 * (1 << 20);
