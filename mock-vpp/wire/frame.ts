/**
 * Frames as VPP sends and takes them (WIRE 3.1), written apart from the mux's own on purpose: an error of one
 * side must not be forgiven by the other.
 *
 *      0        8            12         16
 *      ├────────┼────────────┼──────────┼──────────────┈
 *      │ garbage│ length u32 │ garbage  │ body: u16 id, …
 *      ├────────┼────────────┼──────────┼──────────────┈
 *
 * VPP copies 16 bytes of its own memory and only sets the length. The mock always sends the same garbage,
 * so that a client which reads more than the length is found out, and finds the same every time.
 */
export const HEADER_BYTES = 16;
const LENGTH_AT = 8;

const GARBAGE = Buffer.from([0x80, 0x62, 0x06, 0x30, 0x01, 0x7f, 0x00, 0x5a, 0, 0, 0, 0, 0xfe, 0xed, 0xca, 0xfe]);

/** Writes a frame header at `at`; the caller has made room. */
export function putHeader(bytes: Buffer, at: number, bodyLength: number): void {
  bytes.set(GARBAGE, at);
  bytes.writeUInt32BE(bodyLength, at + LENGTH_AT);
}

/** Length of the body behind the header at `at`. */
export function bodyLength(bytes: Buffer, at: number): number {
  return bytes.readUInt32BE(at + LENGTH_AT);
}

/** A whole frame around `body`; `announced` is the length the header claims (default: the true one). */
export function frame(body: Uint8Array, announced = body.length): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + body.length);
  putHeader(bytes, 0, announced);
  bytes.set(body, HEADER_BYTES);
  return bytes;
}

/** Cuts bytes that hold whole frames into those frames, as views. */
export function* framesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const end = at + HEADER_BYTES + bodyLength(bytes, at);
    yield bytes.subarray(at, end);
    at = end;
  }
}
