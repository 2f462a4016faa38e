/** Windows' icon file: a table of images and the images (Microsoft, "Icons", and the BITMAPINFOHEADER structure). */
import { readPng, type Pixels } from './png.ts';

/** Images from this size on, in pixels, are kept as PNG; readers of smaller ones may know bitmaps only. */
const PNG_FROM = 256;
const HEADER = 6;
const ENTRY = 16;
const BITMAP_HEADER = 40;

/** @param pngs - Square, at most 256 pixels wide. */
export function writeIco(pngs: readonly Buffer[]): Buffer {
  const images = pngs.map((png) => {
    const pixels = readPng(png);
    return { size: pixels.width, body: pixels.width >= PNG_FROM ? png : bitmap(pixels) };
  });
  const table = Buffer.alloc(HEADER + ENTRY * images.length);
  table.writeUInt16LE(1, 2);
  table.writeUInt16LE(images.length, 4);
  let offset = table.length;
  for (const [index, { size, body }] of images.entries()) {
    const entry = table.subarray(HEADER + ENTRY * index);
    // One byte each: 256 is written as 0.
    entry.writeUInt8(size % 256, 0);
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(body.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += body.length;
  }
  return Buffer.concat([table, ...images.map(({ body }) => body)]);
}

/** Blue, green, red and alpha from the bottom row up, then a mask of one bit a pixel, which alpha makes superfluous. */
function bitmap({ width, height, rgba }: Pixels): Buffer {
  const header = Buffer.alloc(BITMAP_HEADER);
  header.writeUInt32LE(BITMAP_HEADER, 0);
  header.writeInt32LE(width, 4);
  // The mask counts as well.
  header.writeInt32LE(height * 2, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(32, 14);
  const colours = Buffer.alloc(rgba.length);
  for (let y = 0; y < height; y += 1) {
    const row = rgba.subarray(y * width * 4, (y + 1) * width * 4);
    colours.set(row, (height - 1 - y) * width * 4);
  }
  for (let at = 0; at < colours.length; at += 4) {
    colours.subarray(at, at + 3).reverse();
  }
  const mask = Buffer.alloc(Math.ceil(width / 32) * 4 * height);
  return Buffer.concat([header, colours, mask]);
}

/** The images of an icon file; each as it stands there, a PNG or a bitmap. */
export function readIco(file: Buffer): readonly { readonly size: number; readonly body: Buffer }[] {
  if (file.readUInt32BE(0) !== 0x00_00_01_00) throw new Error('It is not an icon file.');
  return Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const entry = file.subarray(HEADER + ENTRY * index);
    const offset = entry.readUInt32LE(12);
    const body = file.subarray(offset, offset + entry.readUInt32LE(8));
    return { size: entry.readUInt8(0) || 256, body };
  });
}
