/**
 * A frame on VPP's socket: 16 bytes of header, then the message body (WIRE 3.1).
 *
 *      0        8            12           16
 *      ├────────┼────────────┼────────────┼───────────────────┈
 *      │ queue  │ length u32 │ gc mark    │ body: length bytes
 *      ├────────┼────────────┼────────────┼───────────────────┈
 *        ignored  big-endian   ignored      _vl_msg_id u16 first
 *
 * VPP copies its own memory into the ignored parts, so they may hold anything; we send zeros.
 */
export const HEADER_SIZE = 16;
export const LENGTH_OFFSET = 8;

/** Reads an unsigned 32-bit big-endian integer; the caller has checked the bounds. */
export function readU32(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] << 24) | (bytes[offset + 1] << 16) | (bytes[offset + 2] << 8) | bytes[offset + 3]) >>> 0;
}

/** Writes an unsigned 32-bit big-endian integer; the caller has made room. */
export function writeU32(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = value >>> 24;
  bytes[offset + 1] = value >>> 16;
  bytes[offset + 2] = value >>> 8;
  bytes[offset + 3] = value;
}
