/** VPP's side of the socket for tests that play VPP: frames and the handshake. Knows nothing of the mux. */
import type { Socket } from 'node:net';

const HEADER = 16;

export type TableRow = readonly [name: string, crc: string, id: number];

/** The header of a body of `length` bytes. */
export function frameHeader(length: number): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeUInt32BE(length, 8);
  return header;
}

/** Calls `take` with the body of each frame that comes. */
export function onFrames(socket: Socket, take: (body: Buffer) => void): void {
  let input = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    input = Buffer.concat([input, chunk]);
    while (input.length >= HEADER && input.length >= HEADER + input.readUInt32BE(8)) {
      const end = HEADER + input.readUInt32BE(8);
      take(input.subarray(HEADER, end));
      input = input.subarray(end);
    }
  });
}

/** The body of sockclnt_create_reply. */
export function handshakeReply(table: readonly TableRow[]): Buffer {
  const body = Buffer.alloc(20 + 66 * table.length);
  body.writeUInt16BE(16, 0);
  body.writeUInt32BE(0x80000001, 14);
  body.writeUInt16BE(table.length, 18);
  table.forEach(([name, crc, id], i) => {
    body.writeUInt16BE(id, 20 + 66 * i);
    body.write(`${name}_${crc}`, 22 + 66 * i);
  });
  return body;
}
