/** Checks the committed pictures: drawing them again needs a browser and is not part of the tests. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { macIcon, TRAY_STATES, trayMark } from './icons/drawings.ts';
import { ICNS, ICO, ICO_SIZES, PICTURES, SOURCE } from './icons/files.ts';
import { ICNS_TYPES, readIcns, writeIcns } from './icons/icns.ts';
import { readIco, writeIco } from './icons/ico.ts';
import { readPng, type Pixels } from './icons/png.ts';

const assets = path.join(import.meta.dirname, '..', 'assets');
const asset = (file: string): Buffer => readFileSync(path.join(assets, file));

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}

/** A square PNG whose rows are kept as they are. */
function png(size: number, rgba: Uint8Array): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8);
  const rows = Array.from({ length: size }, (_, y) =>
    Buffer.concat([Buffer.of(0), rgba.subarray(y * size * 4, (y + 1) * size * 4)]),
  );
  return Buffer.concat([
    Buffer.from('\u0089PNG\r\n\u001A\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Of each pixel, whether it is more there than not: all that a Mac keeps of a mark. */
const shapeOf = ({ rgba }: Pixels): readonly boolean[] =>
  Array.from({ length: rgba.length / 4 }, (_, at) => (rgba[at * 4 + 3] ?? 0) > 127);

const distance = (one: readonly boolean[], other: readonly boolean[]): number =>
  one.filter((shown, at) => shown !== other[at]).length;

describe('the committed pictures', () => {
  it.each(PICTURES)(
    '$path is an image of $size pixels that shows something',
    ({ path: file, size }) => {
      const pixels = readPng(asset(file));
      expect(pixels).toMatchObject({ width: size, height: size });
      const shown = shapeOf(pixels).filter(Boolean).length;
      expect(shown).toBeGreaterThan(0.2 * size ** 2);
    },
  );

  it('are, for Windows, one file of every size that it asks for', () => {
    const images = readIco(asset(ICO));
    expect(images.map(({ size }) => size)).toEqual(ICO_SIZES);
    for (const { size, body } of images) {
      if (size === 256) expect(readPng(body).width).toBe(256);
      else expect([body.readInt32LE(4), body.readInt32LE(8) / 2]).toEqual([size, size]);
    }
  });

  it('are, for a Mac, one file of every size, up to 512 points at double density', () => {
    const images = [...readIcns(asset(ICNS))].map(([type, body]) => [type, readPng(body).width]);
    expect(Object.fromEntries(images)).toEqual(ICNS_TYPES);
  });

  it.each(['', 'Template'])('tell the states of the tray apart by shape (%s)', (kind) => {
    const shapes = TRAY_STATES.map((state) => shapeOf(readPng(asset(`tray/${state}${kind}.png`))));
    for (const [at, shape] of shapes.entries()) {
      for (const other of shapes.slice(at + 1)) {
        // Of 256 pixels.
        expect(distance(shape, other)).toBeGreaterThan(35);
      }
    }
  });

  it.each(TRAY_STATES)('are black where a Mac colours them: %s', (state) => {
    const { rgba } = readPng(asset(`tray/${state}Template@2x.png`));
    for (let at = 0; at < rgba.length; at += 4) {
      expect([...rgba.subarray(at, at + 3)]).toEqual([0, 0, 0]);
    }
  });
});

describe('drawings', () => {
  const icon = asset(SOURCE).toString();

  it('take the head of a mark from the one source', () => {
    expect(() => trayMark(icon.replace('id="head"', 'id="tail"'), 'live', false)).toThrow('"head"');
  });

  it('leave a margin around the icon of a Mac', () => {
    const [left = 0, , width = 0] = (/viewBox="([^"]+)"/.exec(macIcon(icon))?.[1] ?? '')
      .split(' ')
      .map(Number);
    expect(-left / width).toBeCloseTo(100 / 1024, 6);
  });
});

describe('icon files', () => {
  it("keep every pixel of a small image, upside down and in Windows' order", () => {
    const squares = fc
      .integer({ min: 1, max: 40 })
      .chain((size) =>
        fc
          .uint8Array({ minLength: size ** 2 * 4, maxLength: size ** 2 * 4 })
          .map((rgba) => ({ size, rgba })),
      );
    fc.assert(
      fc.property(squares, fc.nat(), ({ size, rgba }, pixel) => {
        const [image] = readIco(writeIco([png(size, rgba)]));
        const at = pixel % size ** 2;
        const row = size - 1 - Math.floor(at / size);
        const stored = 40 + (row * size + (at % size)) * 4;
        const [blue, green, red, alpha] = image?.body.subarray(stored) ?? [];
        expect([red, green, blue, alpha]).toEqual([...rgba.subarray(at * 4, at * 4 + 4)]);
      }),
    );
  });

  it('keep a large image as it is', () => {
    const large = png(256, new Uint8Array(256 * 256 * 4));
    expect(readIco(writeIco([large]))).toEqual([{ size: 256, body: large }]);
  });

  it('are read back as they were written', () => {
    const written = readIcns(writeIcns((size) => Buffer.from(String(size))));
    expect([...written].map(([type, body]) => [type, Number(body.toString())])).toEqual(
      Object.entries(ICNS_TYPES),
    );
  });

  it('are refused when they are damaged', () => {
    const whole = asset(PICTURES[0]?.path ?? '');
    const damaged = Buffer.from(whole);
    damaged.writeUInt8(damaged.readUInt8(100) ^ 1, 100);
    expect(() => readPng(damaged)).toThrow('is damaged');
    expect(() => readPng(Buffer.from('GIF89a, not a PNG'))).toThrow('not a PNG');
    expect(() => readIcns(asset(ICNS).subarray(0, -1))).toThrow('cut off');
    expect(() => readIco(whole)).toThrow('not an icon file');
  });
});
