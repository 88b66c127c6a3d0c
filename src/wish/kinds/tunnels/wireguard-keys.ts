/** Keys of WireGuard: 32 bytes of X25519, in base64 where people write them. */

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readSecret, type SecretSource } from '../../secret.js';

const KEY = /^[A-Za-z0-9+/]{43}=$/;

export const isKey = (text: string) => KEY.test(text);

/** The key that a secret has. Throws, without it, where there is none. */
export function readKey(source: SecretSource): Buffer {
  const text = readSecret(source);
  if (!isKey(text)) throw new Error(`${source.file ?? source.env} has no WireGuard key in it: 44 characters of base64`);
  return Buffer.from(text, 'base64');
}

/** DER of a private X25519 key, up to its 32 bytes (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const LENGTH = 32;

export function publicKeyOf(privateKey: Uint8Array): Buffer {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, privateKey]), format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-LENGTH);
}

/** Whether a secret fits what VPP has. One that cannot be read is no reason to change anything: true. */
export function fits(source: SecretSource, isIt: (key: Buffer) => boolean): boolean {
  let key: Buffer;
  try {
    key = readKey(source);
  } catch {
    return true;
  }
  return isIt(key);
}
