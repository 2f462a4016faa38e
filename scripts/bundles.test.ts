import { describe, expect, it } from 'vitest';
import { inlineScripts, modulesMissing, modulesNeeded } from './bundles.ts';

describe('what a bundle needs', () => {
  it('is every module it names, however it names it', () => {
    const code = `
      import { app } from 'electron';
      import 'side-effect';
      export * from 'all';
      export { x } from 'named';
      import local from './chunks/local.js';
      const late = () => import('late');
      const old = __require('old');
      const text = "require('not code')";
    `;
    expect(modulesNeeded('main.js', code)).toEqual([
      'all',
      'electron',
      'late',
      'named',
      'old',
      'side-effect',
    ]);
  });

  it('includes names that are only known when it runs', () => {
    expect(modulesNeeded('main.js', 'export const load = (name) => import(name);')).toEqual([
      '(computed)',
    ]);
  });

  it('cannot be read from a bundle that does not parse', () => {
    expect(() => modulesNeeded('main.js', 'import {')).toThrow('main.js does not parse');
  });

  it('may be electron and Node in the main process, and electron alone in the preload script', () => {
    const needed = ['electron', 'node:fs', 'path', 'react'];
    expect(modulesMissing(needed, { node: true })).toEqual(['react']);
    expect(modulesMissing(needed, { node: false })).toEqual(['node:fs', 'path', 'react']);
  });

  it('may be a library that is packed with the app, and no part of another', () => {
    const needed = ['@napi-rs/keyring', '@napi-rs/keyring/keytar'];
    expect(modulesMissing(needed, { node: true, packed: ['@napi-rs/keyring'] })).toEqual([
      '@napi-rs/keyring/keytar',
    ]);
  });
});

describe('inline scripts', () => {
  it('are none where each script is a file', () => {
    expect(inlineScripts('<script type="module" crossorigin src="./a.js"></script>')).toEqual([]);
  });

  it.each([
    '<script>run()</script>',
    '<script type="module">run()</script>',
    '<script src="./a.js">run()</script>',
    '<body onload="run()">',
    '<a href="javascript:run()">',
  ])('are found in %s', (html) => {
    expect(inlineScripts(html)).toEqual([html]);
  });
});
