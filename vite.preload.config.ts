/** Builds the preload script: one CommonJS file, since a sandboxed preload can load nothing but `electron`. */
import path from 'node:path';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

export default defineConfig({
  build: {
    outDir: path.join(root, 'dist/preload'),
    emptyOutDir: true,
    target: 'chrome140',
    minify: false,
    lib: {
      entry: path.join(root, 'src/preload/preload.ts'),
      formats: ['cjs'],
      fileName: () => 'preload.cjs',
    },
    rolldownOptions: { external: ['electron'] },
  },
});
