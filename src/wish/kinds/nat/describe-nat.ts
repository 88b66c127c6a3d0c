/** Lists of the section of NAT44 that kinds write, for the file that describes VPP. */

import type { Draft } from '../../draft.js';
import { NAT44 } from './section.js';

/** The list of that key, made where there is none. */
export function describeList({ extra }: Draft, key: string): unknown[] {
  extra[NAT44] ??= {};
  const section = extra[NAT44] as Record<string, unknown[]>;
  section[key] ??= [];
  return section[key];
}
