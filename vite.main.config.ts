/** Builds Electron's main process and the backtest worker: they need nothing but `electron` and Node. */
import { builtinModules } from 'node:module';
import path from 'node:path';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

export default defineConfig({
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
