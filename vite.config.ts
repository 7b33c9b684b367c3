/**
 * Builds the two programs of the product: `vite build` makes the client (dist/client), `vite build --mode server`
 * makes the relay and its writer thread (dist/server) as plain JavaScript for Node 20.
 */
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

/** One copy of each of these, or Yjs and ProseMirror stop recognising their own types. */
const singletons = ['yjs', 'lib0', 'y-protocols', 'prosemirror-model', 'prosemirror-state', 'prosemirror-view'];

/**
 * The component library writes its style elements through innerHTML, which the page's Trusted Types policy forbids.
 * Their content is plain CSS text, so it is given as the element's text instead; anything else stays as it is.
 */
const stylesAsText: Plugin = {
  name: 'styles-as-text',
  transform(code, id) {
    if (!/@mantine\/core\/.*(InlineStyles|MantineClasses|MantineCssVariables)\.mjs$/.test(id)) return null;
    const changed = code.replace(/dangerouslySetInnerHTML: \{ __html: (.+) \}\n/, 'children: $1\n');
    if (changed === code) throw new Error(`styles-as-text: nothing to change in ${id}`);
    return { code: changed, map: null };
  },
};

const clientBuild: UserConfig = {
  root: 'client',
  plugins: [react(), stylesAsText],
  resolve: { dedupe: singletons },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // What belongs to what, for the test of the first load.
    manifest: true,
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
