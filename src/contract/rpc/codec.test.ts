import { Encoder } from '@msgpack/msgpack';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrame, encodeFrame } from './codec.ts';

/** MessagePack's decoder refuses this one key, which would change the prototype. */
const key = fc.string({ unit: 'grapheme' }).filter((text) => text !== '__proto__');

/** Whatever the contract may carry: plain data, bytes, columns. No lone surrogates: UTF-8 cannot say them. */
const message = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 5 },
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.integer(),
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array(),
    fc.float64Array(),
    fc.array(tie('any')),
    fc.dictionary(key, tie('any')),
  ),
})).any;

describe('a frame', () => {
  it('brings back exactly what was put in', () => {
    fc.assert(
      fc.property(message, (value) => {
        expect(decodeFrame(encodeFrame(value))).toStrictEqual(asPlainObjects(value));
      }),
    );
  });

  it('does as structured clone does', () => {
    const value = {
      column: new Float64Array([NaN, -0, 1e-300]),
      bytes: new Uint8Array([1]),
      z: -0,
    };
    expect(decodeFrame(encodeFrame(value))).toStrictEqual(structuredClone(value));
  });

  it('gives columns of their own, wherever in the frame they stood', () => {
    for (let offset = 0; offset < 9; offset += 1) {
      const value = ['x'.repeat(offset), new Float64Array([offset])];
      expect(decodeFrame(encodeFrame(value))).toStrictEqual(value);
    }
  });

  it('leaves undefined properties out', () => {
    expect(decodeFrame(encodeFrame({ a: undefined, b: null }))).toStrictEqual({ b: null });
  });

  it.each([
    ['a map', new Map([['a', 1]])],
    ['a set', new Set([1])],
    ['integers in a typed array', new Int32Array([1])],
    ['a class', new (class Secret {})()],
    ['a function', () => {}],
    ['a bigint', 1n],
    ['a symbol', Symbol('x')],
  ])('refuses %s rather than bend it', (_, value) => {
    expect(() => encodeFrame({ value })).toThrow();
  });
});

describe('bytes that are no frame', () => {
  it('throw, or are a value; they never hang or take memory they do not have', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        let value: unknown;
        try {
          value = decodeFrame(bytes);
        } catch {
          return;
        }
        expect(JSON.stringify(value ?? null).length).toBeLessThan(64 * 64);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['a key that would change every object', new Encoder().encode(JSON.parse('{"__proto__":1}'))],
    ['more after the value', new Uint8Array([0xc0, 0xc0])],
  ])('%s', (_, bytes) => {
    expect(() => decodeFrame(bytes)).toThrow();
  });

  it.each([
    ['an array', new Uint8Array([0xdd, 1, 255, 255, 255])],
    ['a map', new Uint8Array([0xdf, 1, 255, 255, 255])],
    ['a text', new Uint8Array([0xdb, 1, 255, 255, 255])],
    ['bytes', new Uint8Array([0xc6, 1, 255, 255, 255])],
    ['a column', new Uint8Array([0xc9, 1, 255, 255, 255, 1])],
  ])('%s announced longer than the frame is refused before memory is taken for it', (_, bytes) => {
    expect(() => decodeFrame(bytes)).toThrow('Max length exceeded');
  });
});

/** fast-check's dictionaries may have no prototype; what is decoded always has the usual one. */
function asPlainObjects(value: unknown): unknown {
  return structuredClone(value);
}
