/**
 * Builds the two programs of the product: `vite build` makes the client (dist/client), `vite build --mode server`
 * makes the relay and its writer thread (dist/server) as plain JavaScript for Node 20.
 */
import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';

/** One copy of each of these, or Yjs and ProseMirror stop recognising their own types. */
const singletons = ['yjs', 'lib0', 'y-protocols', 'prosemirror-model', 'prosemirror-state', 'prosemirror-view'];

const clientBuild: UserConfig = {
  root: 'client',
  plugins: [react()],
  resolve: { dedupe: singletons },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: ['chrome109', 'firefox115', 'safari16.4'],
    // Trusted Types: no inline script; assets stay files so that the policy can be 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
};

const serverBuild: UserConfig = {
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: { main: 'sync-server/main.ts', 'writer-thread': 'sync-server/store/writer-thread.ts' },
      output: { entryFileNames: '[name].js' },
    },
  },
};

export default defineConfig(({ mode }) => (mode === 'server' ? serverBuild : clientBuild));
