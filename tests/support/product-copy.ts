/**
 * A copy of the built product that a test may bring to a newer version while its relay runs: the client is built once more with
 * other bytes, so all its hashed names change and the old files are gone, as after an upgrade of a real server.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin, type UserConfig } from 'vite';
import { buildIfStale } from '../../sync-server/build.mjs';
import productConfig from '../../vite.config.ts';

const nextVersion: Plugin = {
  name: 'next-version',
  transform: (code, id) => (id.endsWith('/client/main.tsx') ? `${code}\nconsole.debug('the next version');\n` : null),
};

const ROOT = join(import.meta.dirname, '../..');

export interface ProductCopy {
  /** The relay's program in it. */
  readonly program: string;
  /** Puts the next version of the client in the place of this one. */
  upgrade(): Promise<void>;
  remove(): void;
}

export async function copyProduct(): Promise<ProductCopy> {
  await buildIfStale('server');
  await buildIfStale('client');
  // Inside the tree, so that the relay finds its packages.
  const folder = mkdtempSync(join(ROOT, 'dist', 'copy-'));
  for (const half of ['server', 'client']) cpSync(join(ROOT, 'dist', half), join(folder, half), { recursive: true });
  return {
    program: join(folder, 'server/main.js'),
    upgrade: async () => {
      const product = productConfig as unknown as (env: { mode: string; command: 'build' }) => UserConfig;
      const client = product({ mode: 'production', command: 'build' });
      await build({
        ...client,
        configFile: false,
        logLevel: 'warn',
        mode: 'production',
        plugins: [...(client.plugins ?? []), nextVersion],
        build: { ...client.build, outDir: join(folder, 'client') },
      });
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
