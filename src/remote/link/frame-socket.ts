/**
 * A WebSocket that takes and gives frames. Each frame is a message of its own; those of one tick leave in one write where the socket
 * beneath is known (Node), since a write costs more than all else of a small frame.
 */

import { ConnectionError } from '../../mux/errors.js';
import { messageOf } from '../errors/failures.js';
import { type AgentFrame, type ClientFrame, decodeCbor, encodeCbor, SUBPROTOCOLS } from '../protocol/index.js';
import type { WebSocketLike } from '../types.js';

export interface SocketHandlers {
  /** `size`: bytes of the message. */
  frame(frame: AgentFrame, size: number): void;
  /** The socket is closed, or could not be opened; called once, and nothing after it. */
  closed(cause: ConnectionError): void;
}

/** The stream beneath a WebSocket of `ws`. */
interface Stream {
  cork(): void;
  uncork(): void;
}

/** The members of a WebSocket of `ws` that others lack. */
interface WsSocket extends WebSocketLike {
  on?(event: 'upgrade', listener: (response: { socket: Stream }) => void): void;
  on?(event: 'unexpected-response', listener: (request: Aborting, response: Refusal) => void): void;
  terminate?(): void;
}

interface Aborting {
  destroy(): void;
}

interface Refusal extends AsyncIterable<Uint8Array> {
  readonly statusCode?: number;
}

/** Milliseconds that the other side may take to close. */
const CLOSING_MS = 2000;

export class FrameSocket {
  private stream: Stream | undefined;
  private isCorked = false;
  private isOver = false;
  private closing: ReturnType<typeof setTimeout> | undefined;

  /** `refused` makes an error of the agent's answer when it accepts no WebSocket. */
  constructor(
    private readonly socket: WsSocket,
    private readonly address: string,
    private readonly handlers: SocketHandlers,
    refused: (status: number, body: string) => ConnectionError,
  ) {
    socket.binaryType = socket.on ? 'nodebuffer' : 'arraybuffer';
    let failure = '';
    let isOpen = false;
    socket.onopen = () => {
      isOpen = true;
    };
    socket.onmessage = ({ data }: { data: unknown }) => this.receive(data);
    socket.onerror = ({ message }: { message?: string }) => {
      failure = message ?? '';
    };
    socket.onclose = ({ code, reason }: { code: number; reason: string }) => {
      const why = reason || failure || (code === 1006 ? 'it ended without a word' : `code ${code}`);
      if (isOpen) this.end(lost(`the connection to the agent at ${address} was lost: ${why}`));
      else this.end(new ConnectionError('NOT_CONNECTED', `the agent at ${address} cannot be reached: ${why}`));
    };
    socket.on?.('upgrade', ({ socket: stream }) => {
      this.stream = stream;
    });
    socket.on?.('unexpected-response', async (request, response) => {
      this.end(refused(response.statusCode ?? 0, await textOf(response)));
      request.destroy();
    });
  }

  /** Throws CborError where a value has no form. */
  send(frame: ClientFrame): void {
    const bytes = encodeCbor(frame);
    this.cork();
    this.socket.send(bytes);
  }

  /** Closes in order; where the other side does not answer, without it. */
  close(reason: string): void {
    if (this.isOver) return;
    this.socket.close(1000, reason);
    this.closing = setTimeout(() => this.drop(lost(reason)), CLOSING_MS);
  }

  /** Ends at once, with `cause`. */
  drop(cause: ConnectionError): void {
    if (this.isOver) return;
    this.end(cause);
    if (this.socket.terminate) this.socket.terminate();
    else this.socket.close(1000);
  }

  private receive(data: unknown): void {
    if (this.isOver) return;
    let frame: AgentFrame;
    const bytes = bytesOf(data);
    try {
      if (!bytes) throw new Error(`its messages are not those of ${SUBPROTOCOLS.cbor}`);
      frame = decodeCbor(bytes) as AgentFrame;
    } catch (error) {
      const text = `what is at ${this.address} sent what is no frame: ${messageOf(error)}`;
      this.drop(new ConnectionError('PROTOCOL', text, {}, error));
      return;
    }
    this.handlers.frame(frame, bytes.length);
  }

  private cork(): void {
    const { stream } = this;
    if (!stream || this.isCorked) return;
    this.isCorked = true;
    stream.cork();
    queueMicrotask(() => {
      this.isCorked = false;
      stream.uncork();
    });
  }

  private end(cause: ConnectionError): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.closing);
    this.handlers.closed(cause);
  }
}

const lost = (text: string) => new ConnectionError('CONNECTION_LOST', text);

/** A plain view, since `slice` of a Buffer of Node makes no copy. */
function bytesOf(data: unknown): Uint8Array | undefined {
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return data instanceof Uint8Array ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : undefined;
}

/** The body of a refusal, as far as it is worth reading. */
async function textOf(response: Refusal): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of response) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > 65_536) break;
    }
  } catch {
    // The status says enough.
  }
  return text;
}
