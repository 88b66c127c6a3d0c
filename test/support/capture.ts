/** A conversation recorded with a real VPP, and a server that plays VPP's part of it. */

import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import type { Schema } from '../../src/mux/codec/codec.js';
import { builtin } from '../../src/mux/session/builtin.js';
import { sharedPath } from './shared.js';

export interface Frame {
  readonly dir: 'tx' | 'rx';
  /** Header included, as it was on the wire. */
  readonly bytes: Buffer;
  readonly name: string;
  readonly context: number | undefined;
}

const HEADER = 16;
const HANDSHAKE = new Map([
  [15, 'sockclnt_create'],
  [16, 'sockclnt_create_reply'],
]);

/** All frames of `name` (without `.jsonl`) in order, named by the table that VPP gave in it. */
export function readCapture(name: string, schema: Schema): Frame[] {
  const lines = readFileSync(sharedPath('captures', '26.06', `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  const names = new Map<number, string>(HANDSHAKE);
  return lines.flatMap((line) => {
    const { dir, hex } = JSON.parse(line) as { dir: 'tx' | 'rx'; hex?: string };
    if (hex === undefined) return [];
    const bytes = Buffer.from(hex, 'hex');
    const body = bytes.subarray(HEADER);
    const id = body.readUInt16BE(0);
    if (names.get(id) === 'sockclnt_create_reply') {
      const reply = builtin.message('sockclnt_create_reply').decode(body);
      for (const { index, name } of reply.message_table as { index: number; name: string }[]) {
        names.set(index, name.slice(0, -9));
      }
    }
    const known = names.get(id) ?? `id ${id}`;
    const offset = (schema.find(known) ?? builtin.find(known))?.def.contextOffset ?? -1;
    return [{ dir, bytes, name: known, context: offset < 0 ? undefined : body.readUInt32BE(offset) }];
  });
}

/** Answers each request as VPP did, under the context of the request, in pieces of the sizes `sizes` gives. */
export function replayServer(frames: Frame[], schema: Schema, sizes: () => number) {
  const parts = partsOf(frames);
  const server = createServer((socket) => serve(socket, parts, schema, sizes));
  return {
    listen: (path: string) => new Promise<void>((resolve) => server.listen(path, resolve)),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

interface Part {
  readonly request: Frame;
  readonly answer: Frame[];
}

/** Pairs each request with its answers: by context, and events by place. A ping behind a dump has its own reply only. */
function partsOf(frames: Frame[]): Part[] {
  const parts: Part[] = frames.filter(({ dir }) => dir === 'tx').map((request) => ({ request, answer: [] }));
  let seen = 0;
  for (const frame of frames) {
    if (frame.dir === 'tx') seen++;
    else if (frame.context === undefined) parts[seen - 1].answer.push(frame);
    else {
      const isPing = frame.name === 'control_ping_reply';
      const owner = parts.find(
        ({ request }) => request.context === frame.context && (request.name === 'control_ping') === isPing,
      );
      owner?.answer.push(frame);
    }
  }
  return parts;
}

function serve(socket: Socket, parts: Part[], schema: Schema, sizes: () => number): void {
  const left = new Map<string, Part[]>();
  for (const part of parts) left.set(part.request.name, [...(left.get(part.request.name) ?? []), part]);
  const ids = new Map(parts.map(({ request }) => [request.bytes.readUInt16BE(HEADER), request.name]));
  let input = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    input = Buffer.concat([input, chunk]);
    while (input.length >= HEADER && input.length >= HEADER + input.readUInt32BE(8)) {
      const end = HEADER + input.readUInt32BE(8);
      const body = input.subarray(HEADER, end);
      input = input.subarray(end);
      const name = ids.get(body.readUInt16BE(0)) ?? '';
      const waiting = left.get(name) ?? [];
      // The mux asks for version and pid by itself: a request that was made once may come again.
      const part = waiting.length > 1 ? waiting.shift() : waiting[0];
      if (part) answer(socket, part, body.readUInt32BE(offsetOf(schema, name)), schema, sizes);
    }
  });
}

function answer(socket: Socket, part: Part, context: number, schema: Schema, sizes: () => number): void {
  const copies = part.answer.map((frame) => {
    const copy = Buffer.from(frame.bytes);
    if (frame.context !== undefined) copy.writeUInt32BE(context, HEADER + offsetOf(schema, frame.name));
    return copy;
  });
  const all = Buffer.concat(copies);
  for (let at = 0; at < all.length; ) {
    const size = sizes();
    socket.write(all.subarray(at, at + size));
    at += size;
  }
  if (part.request.name === 'sockclnt_delete') socket.end();
}

function offsetOf(schema: Schema, name: string): number {
  return (schema.find(name) ?? builtin.message(name)).def.contextOffset;
}
