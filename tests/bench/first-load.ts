/** What a browser loads before the first page, and what a document with its editor adds, against their bars. */
import { buildIfStale } from '../../sync-server/build.mjs';
import { MAX_SCRIPT_BYTES, scriptSizes } from '../support/built-scripts.ts';
import type { Bench, Figure } from './figure.ts';

const bench: Bench = {
  title: 'first load',
  run: async () => {
    await buildIfStale('client');
    const { first, document } = scriptSizes();
    return [figure('compressed script before the first page', first), figure('added by a document', document)];
  },
};

function figure(name: string, bytes: number): Figure {
  const ratio = { of: `${MAX_SCRIPT_BYTES / 1000} KB`, value: bytes / MAX_SCRIPT_BYTES, bar: 1 };
  return { name, value: `${Math.round(bytes / 1000)} KB`, ratio };
}

export default bench;
