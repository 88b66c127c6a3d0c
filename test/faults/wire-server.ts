/**
 * VPP's end of the wire in a test's hand: it shakes hands and answers as a real VPP was recorded to, but
 * only when told to, and sends any bytes in between. Knows nothing of the mux's link and session.
 */
import { createServer, type Server, type Socket } from 'node:net';
import type { Schema } from '../../src/mux/internal.js';
import { type Frame, readCapture } from '../support/capture.js';

const HEADER = 16;
const HANDSHAKE = 15;

/** A request that waits for its answer. */
export interface Asked {
  readonly name: string;
  readonly context: number;
}

export class WireServer {
  /** Not answered yet, on the present connection. */
  asked: Asked[] = [];
  /** Frames VPP once sent, the handshake's left out. */
  readonly recorded: readonly Frame[];
  /** The answer to the handshake; undefined: as VPP did. */
  welcome: ((honest: Buffer) => Buffer) | undefined;
  /** Connections end right after the handshake. */
  endAfterWelcome = false;
  private readonly server: Server;
  private readonly handshake: Buffer;
  private readonly names = new Map<number, string>();
  private readonly answers: ReadonlyMap<string, readonly Frame[]>;
  private socket: Socket | undefined;

  constructor(private readonly schema: Schema) {
    const frames = ['lifecycle', 'hello', 'routes'].flatMap((capture) => readCapture(capture, schema));
    const received = frames.filter(({ dir }) => dir === 'rx');
    this.handshake = received.find(({ name }) => name === 'sockclnt_create_reply')!.bytes;
    this.recorded = received.filter(({ name }) => !name.startsWith('sockclnt_'));
    for (const { bytes, name } of frames) this.names.set(bytes.readUInt16BE(HEADER), name);
    const first = (name: string) => received.find((frame) => frame.name === name)!;
    const all = (name: string) => received.filter((frame) => frame.name === name);
    this.answers = new Map([
      ['control_ping', [first('control_ping_reply')]],
      ['show_version', [first('show_version_reply')]],
      ['sw_interface_dump', all('sw_interface_details')],
      ['ip_route_v2_dump', all('ip_route_v2_details')],
    ]);
    this.server = createServer((socket) => this.accept(socket));
  }

  listen(path: string): Promise<void> {
    return new Promise((resolve) => this.server.listen(path, resolve));
  }

  close(): void {
    this.server.close();
    this.drop();
  }

  /** Ends the present connection; what was sent before still arrives. */
  drop(): void {
    this.socket?.end();
  }

  /** In pieces of the sizes that `size` gives. */
  send(bytes: Buffer, size: () => number): void {
    for (let at = 0; at < bytes.length; ) {
      const end = at + size();
      this.socket?.write(bytes.subarray(at, end));
      at = end;
    }
  }

  /** Answers everything that waits, as VPP did. */
  answerAll(): void {
    const asked = this.asked;
    this.asked = [];
    const frames = asked.flatMap(({ name, context }) =>
      (this.answers.get(name) ?? []).map((frame) => withContext(frame, context, this.schema)),
    );
    this.socket?.write(Buffer.concat(frames));
  }

  /** Frames that VPP once answered such a request with. */
  answersTo(name: string): readonly Frame[] {
    return this.answers.get(name) ?? this.recorded;
  }

  private accept(socket: Socket): void {
    this.socket = socket;
    this.asked = [];
    let input = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      input = Buffer.concat([input, chunk]);
      while (input.length >= HEADER && input.length >= HEADER + input.readUInt32BE(8)) {
        const end = HEADER + input.readUInt32BE(8);
        this.take(socket, input.subarray(HEADER, end));
        input = input.subarray(end);
      }
    });
  }

  private take(socket: Socket, body: Buffer): void {
    const id = body.readUInt16BE(0);
    if (id === HANDSHAKE) {
      socket.write(this.welcome ? this.welcome(this.handshake) : this.handshake);
      if (this.endAfterWelcome) socket.end();
      return;
    }
    const name = this.names.get(id) ?? '';
    const { contextOffset } = this.schema.message(name).def;
    this.asked.push({ name, context: body.readUInt32BE(contextOffset) });
  }
}

/** The frame as it would be for another request. */
export function withContext({ bytes, name }: Frame, context: number, schema: Schema): Buffer {
  const copy = Buffer.from(bytes);
  const offset = schema.message(name).def.contextOffset;
  if (offset >= 0) copy.writeUInt32BE(context, HEADER + offset);
  return copy;
}
