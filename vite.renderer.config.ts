/** Builds the window: static files that Electron and the browser shell both serve under a strict content security policy. */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

export default defineConfig({
  root: path.join(root, 'src/renderer'),
  // Relative, because Electron serves the page under its own scheme and the browser shell under a port.
  base: './',
  plugins: [react()],
  build: {
    outDir: path.join(root, 'dist/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    // Nothing inline: the policy allows scripts, styles and fonts from the page's own origin only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    reportCompressedSize: false,
  },
});
