/** Builds Electron's main process and the backtest worker: they need nothing but `electron` and Node. */
import { builtinModules } from 'node:module';
import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;

/**
 * Of ccxt: proxy agents, and the signer of an exchange that the app does not trade on. Neither is part of the app, and
 * an installed app must not load code from a path that is made up while it runs.
 */
const COMPUTED_IMPORTS = [
  'await import(/* webpackIgnore: true */ /* @vite-ignore */ moduleName)',
  'await import(filePathToFileUrlForWindows(wasmExecPath))',
];

const withoutComputedImports: Plugin = {
  name: 'ccxt-without-computed-imports',
  transform(code, id) {
    if (!id.replaceAll('\\', '/').endsWith('ccxt/js/src/base/Exchange.js')) return null;
    return COMPUTED_IMPORTS.reduce((text, computed) => {
      if (!text.includes(computed)) this.error(`ccxt has changed: it has no "${computed}".`);
      return text.replace(computed, "await Promise.reject(new Error('Not part of the app.'))");
    }, code);
  },
};

export default defineConfig({
  plugins: [withoutComputedImports],
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
      },
      external: ['electron', ...builtinModules],
      output: {
        format: 'esm',
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
      },
    },
  },
  ssr: { noExternal: true, external: ['electron'] },
});
