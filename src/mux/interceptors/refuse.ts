/** The verdict by which a listener of the data events refuses a message. */

import { VppmuxError } from '../errors.js';
import type { Refusal, RefusalCode } from '../types.js';

/** Every code, and no other: a key that `RefusalCode` lacks, or one too few, does not compile. */
const CODES: Readonly<Record<RefusalCode, true>> = { REFUSED: true, RATE_LIMITED: true, READ_ONLY: true };

export const REFUSAL_CODES = Object.keys(CODES) as readonly RefusalCode[];

/** The verdict that refuses: the caller gets a RefusedError of this code. Throws BAD_OPTION for another one. */
export function refuse(code: RefusalCode, text: string): Refusal {
  if (!REFUSAL_CODES.includes(code)) {
    const message = `refuse("${String(code)}", …): there is no such code; there are: ${REFUSAL_CODES.join(', ')}`;
    throw new VppmuxError('BAD_OPTION', message, { path: 'code' });
  }
  return { refuse: code, text };
}
