/** The relay's own key: made once, kept, and never silently replaced. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadSigningKey } from '../../../sync-server/store/signing-key.ts';

describe('the signing key', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'concord-key-'));
  });

  it('is made at the first start, readable by its owner only, and is the same ever after', () => {
    const first = loadSigningKey(directory);
    expect(readdirSync(directory)).toEqual(['signing-key.pem']);
    expect(statSync(join(directory, 'signing-key.pem')).mode & 0o777).toBe(0o600);
    const again = loadSigningKey(directory);
    expect(again.publicKey).toEqual(first.publicKey);
    const said = Buffer.from('said');
    expect(again.verify(said, first.sign(said))).toBe(true);
    expect(again.verify(Buffer.from('Said'), first.sign(said))).toBe(false);
  });

  it('of another directory signs nothing of this one', () => {
    const other = loadSigningKey(mkdtempSync(join(tmpdir(), 'concord-key-')));
    const said = Buffer.from('said');
    expect(loadSigningKey(directory).verify(said, other.sign(said))).toBe(false);
  });

  it('that cannot be read, or is no such key, is said and left as it is', () => {
    const path = join(directory, 'signing-key.pem');
    writeFileSync(path, 'torn');
    expect(() => loadSigningKey(directory)).toThrow(/signing-key\.pem cannot be read/);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    expect(() => loadSigningKey(directory)).toThrow(/no Ed25519 key/);
    expect(readdirSync(directory)).toEqual(['signing-key.pem']);
  });
});
