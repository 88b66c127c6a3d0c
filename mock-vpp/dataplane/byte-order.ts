/** Numbers that VPP gives in the other byte order than its definition says. */

/** A 32-bit number with its bytes reversed. */
export function swapped(number: number): number {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes.readUInt32LE(0);
}
