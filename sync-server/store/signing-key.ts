/**
 * The relay's own key: an Ed25519 pair in the data directory, made at the first start. What the relay has signed with it,
 * nobody can make who holds only the database. It is not in the database and not in its backups. Needs the directory's lock.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface SigningKey {
  /** The public half as DER, 44 bytes: says by which key something was signed. */
  readonly publicKey: Uint8Array;
  /** Whatever is signed says first what it is (`['concord signed head', …]`), so that it stands for nothing else. */
  sign(bytes: Uint8Array): Uint8Array;
  verify(bytes: Uint8Array, signature: Uint8Array): boolean;
}

/** The key file cannot be used as it is; the message says why. */
class SigningKeyError extends Error {}

const FILE = 'signing-key.pem';

/**
 * Reads the key of a data directory, making it first where there is none.
 * @throws SigningKeyError when there is a file that cannot be read or is no such key: it is never replaced by another
 */
export function loadSigningKey(dataDirectory: string): SigningKey {
  const path = join(dataDirectory, FILE);
  if (!existsSync(path)) makeKey(dataDirectory, path);
  const privateKey = readKey(path);
  const publicKey = createPublicKey(privateKey);
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }),
    sign: (bytes) => sign(null, bytes, privateKey),
    verify: (bytes, signature) => verify(null, bytes, publicKey, signature),
  };
}

/** Whether the owner of a public half (DER) signed this; false also when those bytes are no public key. */
export function isSignedBy(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
    return verify(null, bytes, key, signature);
  } catch {
    // Bytes that are no key have signed nothing.
    return false;
  }
}

export function hasSigningKey(dataDirectory: string): boolean {
  return existsSync(join(dataDirectory, FILE));
}

function readKey(path: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SigningKeyError(`the signing key ${path} cannot be read (${reason}). Put the right file back.`);
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw new SigningKeyError(`${path} is no Ed25519 key. Put the right file back.`);
  return key;
}

/** Whole on the disk under its name, or not there at all. */
function makeKey(dataDirectory: string, path: string): void {
  const { privateKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const unfinished = `${path}.new`;
  synced(openSync(unfinished, 'w', 0o600), (file) => writeSync(file, privateKey));
  renameSync(unfinished, path);
  synced(openSync(dataDirectory, 'r'), () => undefined);
}

function synced(file: number, write: (file: number) => void): void {
  try {
    write(file);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
