/**
 * A client of VPP's socket that knows nothing of the mux's link and session: bytes out, frames in. For tests
 * of the mock, and of what goes over the wire.
 */
import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import type { Fields, Schema } from '../../src/mux/internal.js';

const HEADER = 16;

export interface RawMessage {
  readonly name: string;
  readonly body: Buffer;
  /** Decoded, header fields included. */
  readonly fields: Fields;
}

export class RawClient {
  /** name → id, from the handshake. */
  readonly ids = new Map<string, number>();
  /** name → CRC, from the handshake. */
  readonly crcs = new Map<string, string>();
  index = 0;
  closed = false;
  /** Bytes received, frames or not. */
  received = Buffer.alloc(0);
  /** Number of 'data' events. */
  chunks = 0;
  private names = new Map<number, string>();
  private readonly bodies: Buffer[] = [];
  private waiting: (() => void)[] = [];
  private context = 0;

  private constructor(
    readonly socket: Socket,
    private readonly schema: Schema,
  ) {
    socket.on('data', (chunk: Buffer) => {
      this.chunks++;
      this.received = Buffer.concat([this.received, chunk]);
      this.deframe();
      this.wake();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.closed = true;
      this.wake();
    });
  }

  /** Connects, without a handshake. */
  static async open(path: string, schema: Schema): Promise<RawClient> {
    const socket = createConnection(path);
    await once(socket, 'connect');
    return new RawClient(socket, schema);
  }

  /** Connects and shakes hands. */
  static async connect(path: string, schema: Schema, name = 'raw-client'): Promise<RawClient> {
    const client = await RawClient.open(path, schema);
    await client.handshake(name);
    return client;
  }

  async handshake(name = 'raw-client'): Promise<void> {
    const body = Buffer.alloc(70);
    body.writeUInt16BE(15, 0);
    body.writeUInt32BE(77, 2);
    body.write(name, 6, 'latin1');
    this.sendBody(body);
    this.readTable(await this.next());
  }

  readTable(reply: Buffer): void {
    if (reply.readUInt16BE(0) !== 16)
      throw new Error(`not a sockclnt_create_reply: ${reply.subarray(0, 20).toString('hex')}`);
    this.index = reply.readUInt32BE(14);
    const count = reply.readUInt16BE(18);
    for (let i = 0; i < count; i++) {
      const at = 20 + 66 * i;
      const text = reply.toString('latin1', at + 2, at + 66);
      const entry = text.slice(0, text.indexOf('\0'));
      const name = entry.slice(0, -9);
      this.ids.set(name, reply.readUInt16BE(at));
      this.crcs.set(name, entry.slice(-8));
      this.names.set(reply.readUInt16BE(at), name);
    }
  }

  send(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  sendBody(body: Uint8Array): void {
    this.send(frameOf(body));
  }

  /** A body with this session's id and index; returns it with the context used. */
  body(name: string, fields: Fields = {}): { readonly body: Buffer; readonly context: number } {
    const context = Number(fields.context ?? ++this.context);
    const message = this.schema.message(name);
    const index = message.def.clientIndexOffset < 0 ? {} : { client_index: this.index };
    return { body: message.encode({ ...index, ...fields, _vl_msg_id: this.ids.get(name) ?? 0, context }), context };
  }

  /** Sends one request; returns its context. */
  post(name: string, fields: Fields = {}): number {
    const { body, context } = this.body(name, fields);
    this.sendBody(body);
    return context;
  }

  /** Sends one request and returns the next message, of any kind. */
  async ask(name: string, fields: Fields = {}): Promise<Fields> {
    this.post(name, fields);
    return (await this.message()).fields;
  }

  /** A dump and a control_ping in one write; the details before the ping's reply. */
  async dump(name: string, fields: Fields = {}): Promise<Fields[]> {
    const request = this.body(name, fields);
    const ping = this.body('control_ping', { context: request.context });
    this.send(Buffer.concat([frameOf(request.body), frameOf(ping.body)]));
    const details: Fields[] = [];
    for (;;) {
      const message = await this.message();
      if (message.name === 'control_ping_reply') return details;
      details.push(message.fields);
    }
  }

  async message(): Promise<RawMessage> {
    const body = await this.next();
    const name = this.names.get(body.readUInt16BE(0));
    if (name === undefined) throw new Error(`no message has id ${body.readUInt16BE(0)}`);
    return { name, body, fields: this.schema.message(name).decode(body) };
  }

  /** Body of the next frame. Rejects when the connection ends before it is whole. */
  async next(): Promise<Buffer> {
    for (;;) {
      const body = this.bodies.shift();
      if (body !== undefined) return body;
      if (this.closed) throw new Error('the connection is closed');
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** Frames that have arrived and were not asked for yet. */
  get pending(): number {
    return this.bodies.length;
  }

  /** True when nothing came before the answer to a control_ping: earlier messages got no answer. */
  async answersOnlyPing(): Promise<boolean> {
    const context = this.post('control_ping');
    const { name, fields } = await this.message();
    return name === 'control_ping_reply' && fields.context === context && this.bodies.length === 0;
  }

  async untilClosed(): Promise<void> {
    while (!this.closed) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  close(): void {
    this.socket.destroy();
  }

  private deframe(): void {
    let at = 0;
    while (this.received.length - at >= HEADER) {
      const length = this.received.readUInt32BE(at + 8);
      if (this.received.length - at < HEADER + length) break;
      this.bodies.push(this.received.subarray(at + HEADER, at + HEADER + length));
      at += HEADER + length;
    }
    this.received = this.received.subarray(at);
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** A frame as clients send it: zeros around the length. */
export function frameOf(body: Uint8Array, announced = body.length): Buffer {
  const bytes = Buffer.alloc(HEADER + body.length);
  bytes.writeUInt32BE(announced, 8);
  bytes.set(body, HEADER);
  return bytes;
}
