/** Builds Electron's main process and what it starts: of other modules they need `electron` and the keychain's alone. */
import { globSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;

/** Has a binary, which cannot be bundled: electron-builder packs it, and check-bundles allows no other. */
const KEYCHAIN_LIBRARY = '@napi-rs/keyring';

/**
 * Of ccxt: proxy agents, and the signer of an exchange that the app does not trade on. Neither is part of the app, and
 * an installed app must not load code from a path that is made up while it runs.
 */
const COMPUTED_IMPORTS = [
  'await import(/* webpackIgnore: true */ /* @vite-ignore */ moduleName)',
  'await import(filePathToFileUrlForWindows(wasmExecPath))',
];

/** Of ccxt: the wire format of an exchange that the app does not trade on, which needs a library that is not there. */
const DYDX_IMPORT = /import\('\.\.\/static_dependencies\/dydx-v4-client\/[^']+'\)/g;

const withoutComputedImports: Plugin = {
  name: 'ccxt-without-computed-imports',
  transform(code, id) {
    if (!id.replaceAll('\\', '/').endsWith('ccxt/js/src/base/Exchange.js')) return null;
    if (code.match(DYDX_IMPORT)?.length !== 3) this.error('ccxt has changed its imports for dYdX.');
    const withoutDydx = code.replace(
      DYDX_IMPORT,
      "Promise.reject(new Error('Not part of the app.'))",
    );
    return COMPUTED_IMPORTS.reduce((text, computed) => {
      if (!text.includes(computed)) this.error(`ccxt has changed: it has no "${computed}".`);
      return text.replace(computed, "await Promise.reject(new Error('Not part of the app.'))");
    }, withoutDydx);
  },
};

const PRO_OBJECT = /const pro = \{[^}]*\};\npro\.exchanges = .*\npro\['Exchange'\] = .*\n/;
const PRO_MODULE = '\0ccxt-pro:';

/**
 * `pro` of ccxt is one object that holds 70 streaming exchanges, and its package lets nobody import one alone: the app
 * would grow by 11 MB. As a module of its own, only what is used of it is bundled.
 */
const onlyUsedStreams: Plugin = {
  name: 'ccxt-only-used-streams',
  transform(code, id) {
    if (!id.replaceAll('\\', '/').endsWith('ccxt/js/ccxt.js')) return null;
    const edits: readonly (readonly [RegExp | string, string])[] = [
      [PRO_OBJECT, `export * as pro from ${JSON.stringify(PRO_MODULE + path.dirname(id))};\n`],
      ["'pro': pro, ", ''],
      [' exchanges, pro, prediction,', ' exchanges, prediction,'],
    ];
    return edits.reduce((text, [from, to]) => {
      const edited = text.replace(from, to);
      if (edited === text) this.error(`ccxt has changed: it has no ${String(from)}.`);
      return edited;
    }, code);
  },
  resolveId: (id) => (id.startsWith(PRO_MODULE) ? id : null),
  load(id) {
    if (!id.startsWith(PRO_MODULE)) return null;
    const folder = path.join(id.slice(PRO_MODULE.length), 'src/pro');
    return globSync('*.js', { cwd: folder })
      .map((file) => [path.basename(file, '.js'), JSON.stringify(path.join(folder, file))])
      .map(([name, file]) => `export { default as ${name} } from ${file};`)
      .join('\n');
  },
};

export default defineConfig({
  plugins: [withoutComputedImports, onlyUsedStreams],
  // The synthetic sample lies beside the main module of the built app.
  publicDir: path.join(root, 'assets/candles'),
  build: {
    outDir: path.join(root, 'dist/main'),
    emptyOutDir: true,
    target: 'node24',
    ssr: true,
    minify: false,
    rolldownOptions: {
      input: {
        main: path.join(root, 'src/main/main.ts'),
        'backtest-worker': path.join(root, 'src/app/backtest/worker.ts'),
        'keychain-child': path.join(root, 'src/app/vault/keychain-child.ts'),
      },
      external: ['electron', KEYCHAIN_LIBRARY, ...builtinModules],
      output: {
        format: 'esm',
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
      },
    },
  },
  ssr: { noExternal: true, external: ['electron', KEYCHAIN_LIBRARY] },
});
