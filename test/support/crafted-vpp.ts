/**
 * A VPP whose table, definitions and fixed answers are a test's own, made wrong with care. One that answers each request as
 * a function says is test/faults/scripted-vpp.ts. Knows nothing of the mux.
 */
import { createServer, type Socket } from 'node:net';
import { CLIENT, CONTEXT, ID, RETVAL } from './api-fields.js';
import { frameHeader, handshakeReply, onFrames, type TableRow } from './vpp-frames.js';

const IDS = { api: 30, ping: 32, version: 34, bye: 17 };
const BASE: readonly TableRow[] = [
  ['sockclnt_create', '455fb9c4', 15],
  ['sockclnt_create_reply', '35166268', 16],
  ['sockclnt_delete', '8ac76db6', IDS.bye],
  ['sockclnt_delete_reply', '8f38b1ee', 18],
  ['get_api_json', '51077d14', IDS.api],
  ['get_api_json_reply', 'ea715b59', 31],
  ['control_ping', '51077d14', IDS.ping],
  ['control_ping_reply', 'f6b0b8ca', 33],
  ['show_version', '51077d14', IDS.version],
  ['show_version_reply', 'c919bde1', 35],
];

/** The file that has show_version; `more` is added to it. */
export function vpe(more: { messages?: unknown[][]; [section: string]: unknown } = {}) {
  const { messages = [], ...sections } = more;
  const texts = ['program', 'version', 'build_date'].map((name) => ['string', name, 32]);
  return {
    module: 'vpe',
    messages: [
      ['show_version', ID, CLIENT, CONTEXT, { crc: '0x51077d14' }],
      ['show_version_reply', ID, CONTEXT, RETVAL, ...texts, ['string', 'build_directory', 256], { crc: '0xc919bde1' }],
      ...messages,
    ],
    services: { show_version: { reply: 'show_version_reply' }, ...(sections.services as object) },
    ...Object.fromEntries(Object.entries(sections).filter(([name]) => name !== 'services')),
  };
}

export interface CraftedOptions {
  /** Answer to get_api_json. */
  readonly json?: Buffer;
  /** Messages besides those that every VPP has. */
  readonly table?: readonly TableRow[];
  /** Bodies that other messages are answered with, by id; the context is put at 2. */
  readonly answers?: Readonly<Record<number, Buffer>>;
}

export class CraftedVpp {
  asked = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((socket) => this.accept(socket));

  constructor(private readonly options: CraftedOptions) {}

  async listen(path: string): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(path, resolve));
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private accept(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.sockets.delete(socket));
    onFrames(socket, (body) => this.answer(socket, body));
  }

  private answer(socket: Socket, body: Buffer): void {
    const id = body.readUInt16BE(0);
    const context = body.length >= 10 ? body.readUInt32BE(6) : 0;
    if (id === 15) send(socket, handshakeReply([...BASE, ...(this.options.table ?? [])]));
    else if (id === IDS.api) this.sendJson(socket, context);
    else if (id === IDS.ping) send(socket, head(33, context, 18));
    else if (id === IDS.version) send(socket, head(35, context, 362));
    else if (id === IDS.bye) socket.end();
    const answer = this.options.answers?.[id];
    if (answer === undefined) return;
    answer.writeUInt32BE(context, 2);
    send(socket, answer);
  }

  private sendJson(socket: Socket, context: number): void {
    this.asked++;
    const json = this.options.json ?? Buffer.from(JSON.stringify([vpe()]));
    send(socket, head(31, context, 14, json.length), json);
  }
}

/** A body of `size` bytes; `length`: of the text behind it. */
function head(id: number, context: number, size: number, length = 0): Buffer {
  const body = Buffer.alloc(size);
  body.writeUInt16BE(id, 0);
  body.writeUInt32BE(context, 2);
  if (length > 0) body.writeUInt32BE(length, size - 4);
  return body;
}

function send(socket: Socket, ...parts: Buffer[]): void {
  const header = frameHeader(parts.reduce((sum, { length }) => sum + length, 0));
  for (const part of [header, ...parts]) socket.write(part);
}
