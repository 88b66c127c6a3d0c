/** Functions that the source of compiled writers refers to. */

import * as wire from './wire-write.js';
import { writeArms } from './write-arms.js';

export const RUNTIME = {
  BAD: wire.BAD,
  writeU64: wire.writeU64,
  writeI64: wire.writeI64,
  writeF64: wire.writeF64,
  enumNumber: wire.enumNumber,
  writeFixedText: wire.writeFixedText,
  writeCountedText: wire.writeCountedText,
  writeBytes: wire.writeBytes,
  writeFewerBytes: wire.writeFewerBytes,
  bytesOf: wire.bytesOf,
  listOf: wire.listOf,
  writeText: wire.writeText,
  onlyKnown: wire.onlyKnown,
  onlyPlain: wire.onlyPlain,
  writeArms,
  longCount: wire.longCount,
  hasOwn: Object.hasOwn,
};
