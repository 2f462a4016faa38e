/** A Mac's icon file: each image with a type that names its size and whether it is for a screen of double density. */

/**
 * The types that hold PNG. A plain 16 and a plain 32 are left out: as PNG their types do not work inside an app, and
 * the system makes them from the double ones.
 */
export const ICNS_TYPES = {
  ic11: 32,
  ic12: 64,
  ic07: 128,
  ic13: 256,
  ic08: 256,
  ic14: 512,
  ic09: 512,
  ic10: 1024,
} as const;

const HEADER = 8;

/** @param png - By its size in pixels. */
export function writeIcns(png: (size: number) => Buffer): Buffer {
  const images = Object.entries(ICNS_TYPES).map(([type, size]) => block(type, png(size)));
  return block('icns', Buffer.concat(images));
}

function block(type: string, body: Buffer): Buffer {
  const header = Buffer.alloc(HEADER);
  header.write(type, 'latin1');
  // The length counts the header.
  header.writeUInt32BE(HEADER + body.length, 4);
  return Buffer.concat([header, body]);
}

export function readIcns(file: Buffer): ReadonlyMap<string, Buffer> {
  if (file.toString('latin1', 0, 4) !== 'icns' || file.readUInt32BE(4) !== file.length) {
    throw new Error('It is not an icon file of a Mac, or is cut off.');
  }
  const images = new Map<string, Buffer>();
  for (let at = HEADER; at < file.length;) {
    const end = at + file.readUInt32BE(at + 4);
    images.set(file.toString('latin1', at, at + 4), file.subarray(at + HEADER, end));
    at = end;
  }
  return images;
}
