/**
 * The link to VPP's SOCK_STREAM Unix socket.
 *
 * Bytes are read into one buffer that Node fills again and again (`onread`), so reading allocates
 * nothing; a receiver copies the bytes that it keeps. The socket is always drained, however slow a reader is, because
 * VPP buffers unread output without limit (WIRE 3.9).
 */

import { connect, type Socket } from 'node:net';
import { socketPathProblem } from '../../socket-path.js';
import type { Fields, WriteMessage } from '../codec/codec.js';
import { ConnectionError } from '../errors.js';
import { Deframer } from './deframer.js';
import { FrameAge } from './frame-age.js';
import type { Link, LinkOptions, OnMessage } from './link.js';
import { commandLine } from './other-sockets.js';
import { Outbox } from './outbox.js';
import { socketError } from './socket-error.js';

const CHUNK = 64 * 1024;

/** Connects; rejects with SOCKET_MISSING, SOCKET_PERMISSION, SOCKET_REFUSED, SOCKET_FAILED, WRONG_SOCKET or ABORTED. */
export function openUnixLink(options: LinkOptions): Promise<Link> {
  return new Promise((resolve, reject) => {
    const { socket: path, signal, timeoutMs } = options;
    const problem = socketPathProblem(path);
    if (problem !== undefined) {
      throw new ConnectionError('SOCKET_FAILED', `the path of the socket ${problem} (${path})`, {
        socket: path,
        outcome: 'not-sent',
      });
    }
    const link = new UnixLink(options);
    const { socket } = link;
    const settle = (error?: Error) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      socket.removeListener('error', fail);
      if (!error) return resolve(link);
      link.close();
      reject(error);
    };
    const fail = (cause: Error) => settle(socketError(path, cause));
    const abort = () =>
      settle(new ConnectionError('ABORTED', `connecting to ${path} was given up by the caller`, { socket: path }));
    const timer = setTimeout(() => {
      fail(Object.assign(new Error(`not connected after ${timeoutMs} ms`), { code: 'ETIMEDOUT' }));
    }, timeoutMs);
    socket.once('error', fail);
    socket.once('connect', () => settle());
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}

class UnixLink implements Link {
  readonly socket: Socket;
  bytesIn = 0;
  onMessage: OnMessage = () => {};
  onClose: (cause: Error) => void = () => {};
  onRoom: () => void = () => {};
  private readonly deframer: Deframer;
  private readonly outbox: Outbox;
  private readonly age: FrameAge;
  private ended = false;

  constructor(private readonly options: LinkOptions) {
    this.deframer = new Deframer(options.maxFrameBytes, (bytes, start, end) => this.onMessage(bytes, start, end));
    this.age = new FrameAge(this.deframer, options.socket, (cause) => this.end(cause));
    this.socket = connect({
      path: options.socket,
      onread: {
        buffer: Buffer.allocUnsafeSlow(CHUNK),
        callback: (count, chunk) => {
          this.receive(chunk as Buffer, count);
          return true;
        },
      },
    });
    this.outbox = new Outbox((bytes, taken) => this.socket.write(bytes, taken));
    this.socket.on('drain', () => {
      this.outbox.drained();
      if (!this.outbox.isCongested) this.onRoom();
    });
    this.socket.on('error', (cause) => this.end(cause));
    this.socket.on('end', () => this.end());
    this.socket.on('close', () => this.end());
  }

  get onRun(): () => void {
    return this.deframer.onRun;
  }

  set onRun(told: () => void) {
    this.deframer.onRun = told;
  }

  get framesIn(): number {
    return this.deframer.frames;
  }

  get bytesOut(): number {
    return this.outbox.bytesOut;
  }

  get isCongested(): boolean {
    return this.outbox.isCongested;
  }

  takeBack(place: number, count: number): boolean {
    return this.outbox.takeBack(place, count);
  }

  send(write: WriteMessage, fields: Fields, id: number, clientIndex: number, context: number): number {
    return this.outbox.send(write, fields, id, clientIndex, context);
  }

  close(): void {
    this.ended = true;
    this.age.stop();
    this.deframer.stop();
    this.socket.destroy();
  }

  private receive(chunk: Buffer, count: number): void {
    const wrong = this.bytesIn === 0 ? commandLine(this.options.socket, chunk, count) : undefined;
    this.bytesIn += count;
    try {
      if (wrong) throw wrong;
      this.deframer.push(chunk, count);
    } catch (error) {
      this.end(error as Error);
    }
  }

  /** Reports the end by the other side or an error, once and in the same tick. */
  private end(cause?: Error): void {
    if (this.ended) return;
    const { incomplete } = this.deframer;
    this.close();
    const where = incomplete > 0 ? `, in the middle of a message (${incomplete} bytes of it had come)` : '';
    const { socket } = this.options;
    this.onClose(
      cause instanceof ConnectionError
        ? cause
        : new ConnectionError(
            'CONNECTION_LOST',
            `VPP closed the connection${where}${cause ? `: ${cause.message}` : ''}; it crashed, was restarted, or refused this client`,
            { socket },
            cause,
          ),
    );
  }
}
