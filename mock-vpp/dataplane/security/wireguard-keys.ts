/** Keys of WireGuard, of 32 bytes each. */
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';

/** DER of an X25519 private key, up to its bytes. */
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const KEY_BYTES = 32;

/** The public key that belongs to a private one. */
export function publicKeyOf(privateKey: Uint8Array): Buffer {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, privateKey]), format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES);
}

/** A private key for an interface that comes without one. VPP's are random; these are the same in each run. */
export function generatedKey(count: number): Buffer {
  const key = createHash('sha256').update(`wireguard ${count}`).digest();
  key[0] &= 0xf8;
  key[KEY_BYTES - 1] = (key[KEY_BYTES - 1] & 0x7f) | 0x40;
  return key;
}

/** The key that a peer's first message is checked with. */
export function macKeyOf(publicKey: Uint8Array): Buffer {
  return createHash('blake2s256').update('mac1----').update(publicKey).digest();
}

/** A key as the CLI shows it: in base 64 and in hexadecimal. */
export function keyText(key: Uint8Array): string {
  const bytes = Buffer.from(key);
  return `${bytes.toString('base64')} ${bytes.toString('hex')}`;
}

export const NO_KEY = Buffer.alloc(KEY_BYTES);
