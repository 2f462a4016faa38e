/** Reads PNG files of the kind that a browser writes: 8 bits a channel, RGB or RGBA, not interlaced. */
import { crc32, inflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and alpha of each pixel, row by row from the top. */
  readonly rgba: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const TRUECOLOUR = 2;
const TRUECOLOUR_ALPHA = 6;

interface Chunk {
  readonly type: string;
  readonly body: Buffer;
}

/** Throws where it is no such file or is damaged: every checksum is checked. */
export function readPng(file: Buffer): Pixels {
  const chunks = [...chunksOf(file)];
  const header = chunks[0];
  if (header?.type !== 'IHDR' || chunks.at(-1)?.type !== 'IEND')
    throw new Error('The PNG is cut off.');
  const width = header.body.readUInt32BE(0);
  const height = header.body.readUInt32BE(4);
  const [depth, colour, , , interlaced] = header.body.subarray(8);
  if (depth !== 8 || interlaced !== 0 || (colour !== TRUECOLOUR && colour !== TRUECOLOUR_ALPHA)) {
    throw new Error('The PNG is not of 8 bits in RGB or RGBA, or is interlaced.');
  }
  const channels = colour === TRUECOLOUR ? 3 : 4;
  const bodies = chunks.filter(({ type }) => type === 'IDAT').map(({ body }) => body);
  const rows = unfiltered(inflateSync(Buffer.concat(bodies)), width * channels, height, channels);
  return { width, height, rgba: channels === 4 ? rows : withAlpha(rows) };
}

function* chunksOf(file: Buffer): Generator<Chunk> {
  if (!file.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new Error('It is not a PNG.');
  for (let at = SIGNATURE.length; at < file.length;) {
    const end = at + 8 + file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    if (file.readUInt32BE(end) !== crc32(file.subarray(at + 4, end))) {
      throw new Error(`The PNG's chunk ${type} is damaged.`);
    }
    yield { type, body: file.subarray(at + 8, end) };
    at = end + 4;
  }
}

/** PNG specification, section 9: each row begins with the filter that predicts its bytes from their neighbours. */
function unfiltered(
  data: Buffer,
  rowLength: number,
  height: number,
  pixelLength: number,
): Uint8Array {
  if (data.length !== (rowLength + 1) * height) throw new Error('The PNG has too few rows.');
  const rows = new Uint8Array(rowLength * height);
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (rowLength + 1)] ?? 0;
    for (let x = 0; x < rowLength; x += 1) {
      const at = y * rowLength + x;
      const left = x < pixelLength ? 0 : (rows[at - pixelLength] ?? 0);
      const up = rows[at - rowLength] ?? 0;
      const upLeft = x < pixelLength ? 0 : (rows[at - rowLength - pixelLength] ?? 0);
      rows[at] = (data[at + y + 1] ?? 0) + predicted(filter, left, up, upLeft);
    }
  }
  return rows;
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter === 4) return paeth(left, up, upLeft);
  throw new Error(`The PNG has a filter ${filter}, which there is not.`);
}

function paeth(left: number, up: number, upLeft: number): number {
  const toLeft = Math.abs(up - upLeft);
  const toUp = Math.abs(left - upLeft);
  const toUpLeft = Math.abs(left + up - 2 * upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}

function withAlpha(rgb: Uint8Array): Uint8Array {
  const rgba = new Uint8Array((rgb.length / 3) * 4).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    rgba.set(rgb.subarray(from, from + 3), to);
  }
  return rgba;
}
