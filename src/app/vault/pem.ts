/** Private keys as text: exchanges such as Coinbase hand them out over several lines, and pasting mangles the breaks. */

const FRAME = /^-----BEGIN ([A-Z ]+)-----(.*)-----END \1-----$/s;
const LINE = 64;

/**
 * The key in lines of 64 characters (RFC 7468) and a line break at its end. Breaks may be missing, spaces, or written
 * as `\n`, as in JSON. Null where the frame or the characters between are not those of a key.
 */
export function pemOf(text: string): string | null {
  const match = FRAME.exec(
    text
      .replaceAll(String.raw`\r`, '')
      .replaceAll(String.raw`\n`, '\n')
      .trim(),
  );
  const [, label = '', inside = ''] = match ?? [];
  const body = inside.replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body)) return null;
  const lines = body.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
