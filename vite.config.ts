/**
 * Builds the two programs of the product: `vite build` makes the client (dist/client), `vite build --mode server`
 * makes the relay, its writer thread and its tools (dist/server) as plain JavaScript for Node 20.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build, defineConfig, type Plugin, type UserConfig } from 'vite';
import type { Shell } from './client/offline/shell.ts';

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

/** What the client is built for; also the service worker. */
const browsers = ['chrome109', 'firefox115', 'safari16.4'];

/** All files under a folder, as paths from it. */
function filesIn(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = `${below}/${entry.name}`;
    return entry.isDirectory() ? filesIn(folder, path) : [path];
  });
}

function shellOf(folder: string): Shell {
  // What a browser never asks for: the build's own notes.
  const paths = filesIn(folder).filter((path) => !path.startsWith('/.'));
  const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes);
  const files = paths.sort().map((path) => ({ path, sha256: sha256(readFileSync(folder + path)).digest('base64') }));
  return { build: sha256(JSON.stringify(files)).digest('hex').slice(0, 16), files };
}

/**
 * When everything is written: the service worker with the list of all files in it, so that it changes with any of them,
 * and beside each text file its compressed form, which the server sends.
 */
const offlineShell: Plugin = {
  name: 'offline-shell',
  async writeBundle({ dir }) {
    if (dir === undefined) throw new Error('offline-shell: no folder to write to');
    await build({
      configFile: false,
      root: 'client',
      logLevel: 'warn',
      publicDir: false,
      define: { __SHELL__: JSON.stringify(shellOf(dir)) },
      build: {
        outDir: dir,
        emptyOutDir: false,
        target: browsers,
        rolldownOptions: {
          input: join(import.meta.dirname, 'client/offline/service-worker.ts'),
          output: { format: 'iife', entryFileNames: 'sw.js' },
        },
      },
    });
    for (const path of filesIn(dir).filter((each) => /\.(js|css|html|svg|webmanifest)$/.test(each))) {
      writeFileSync(`${dir}${path}.gz`, gzipSync(readFileSync(dir + path), { level: 9 }));
    }
  },
};

const clientBuild: UserConfig = {
  root: 'client',
  plugins: [react(), stylesAsText, offlineShell],
  resolve: { dedupe: singletons },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // What belongs to what, for the test of the first load.
    manifest: true,
    target: browsers,
    // Trusted Types: no inline script; assets stay files so that the policy can be 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What tells the schema library not to compile runs with it, before any chunk that defines a schema.
        codeSplitting: { groups: [{ name: 'schemas', test: /node_modules[\\/]zod[\\/]|without-eval\.ts$/ }] },
      },
    },
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
      input: {
        main: 'sync-server/main.ts',
        'writer-thread': 'sync-server/store/writer-thread.ts',
        'compactor-thread': 'sync-server/store/compactor-thread.ts',
        'log-verify': 'sync-server/tools/log-verify.ts',
        backup: 'sync-server/tools/backup.ts',
        restore: 'sync-server/tools/restore.ts',
        erase: 'sync-server/tools/erase.ts',
      },
      output: { entryFileNames: '[name].js' },
    },
  },
};

export default defineConfig(({ mode }) => (mode === 'server' ? serverBuild : clientBuild));
