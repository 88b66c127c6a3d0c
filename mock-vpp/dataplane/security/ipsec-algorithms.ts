/** Algorithms of IPsec: which pairs VPP has, and how long their keys are. */
import { Retval } from '../../retvals.js';

/** `ipsec_crypto_alg`, as far as VPP tells them apart here. */
export const Crypto = { NONE: 0, CBC: [1, 2, 3], CTR: [4, 5, 6], DES: 10, TRIPLE_DES: 11 } as const;

/** Bytes of the key of each `ipsec_crypto_alg`; none is checked for the first. */
const KEY_BYTES = [0, 16, 24, 32, 16, 24, 32, 16, 24, 32, 8, 24, 32, 16, 24, 32];

/** `ipsec_integ_alg`. */
export const Integrity = { NONE: 0, MD5: 1, LAST: 6 } as const;

export const isCrypto = (algorithm: number) => algorithm < KEY_BYTES.length;
export const isIntegrity = (algorithm: number) => algorithm <= Integrity.LAST;

/** Whether VPP encrypts and authenticates by these two. */
function isPair(crypto: number, integrity: number): boolean {
  if (crypto === Crypto.NONE || integrity === Integrity.NONE) return true;
  if (Crypto.CTR.some((each) => each === crypto)) return integrity !== Integrity.MD5;
  return crypto === Crypto.TRIPLE_DES || Crypto.CBC.some((each) => each === crypto);
}

/** The refusal of algorithms and of a key; a key without bytes passes, one for integrity has any length. DES has no engine. */
export function refusalOf(crypto: number, keyBytes: number, integrity: number): number {
  if (!isPair(crypto, integrity)) return Retval.UNIMPLEMENTED;
  if (crypto === Crypto.NONE || keyBytes === 0) return Retval.OK;
  return crypto !== Crypto.DES && keyBytes === KEY_BYTES[crypto] ? Retval.OK : Retval.KEY_LENGTH;
}
