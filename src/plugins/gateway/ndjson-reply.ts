/**
 * Answers a request with lines of JSON. The status is sent with the first line: until then, the answer can still be an error with
 * a status of its own.
 */

import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { NDJSON } from './operation-paths.js';

export class NdjsonReply {
  private readonly reply: FastifyReply;
  private stream: PassThrough | undefined;

  constructor(reply: FastifyReply) {
    this.reply = reply;
  }

  /** Whether a line, and so the status, has been sent. */
  get isBegun(): boolean {
    return this.stream !== undefined;
  }

  /** Sends a line that may be lost: it is not, and false is returned, while the client has not read those before. */
  offer(value: object): boolean {
    if (this.stream?.writableNeedDrain) return false;
    this.write(JSON.stringify(value));
    return true;
  }

  /** Sends the last line. */
  end(line: string): FastifyReply {
    this.write(line);
    this.stream?.end();
    return this.reply;
  }

  private write(line: string): void {
    if (this.stream === undefined) {
      this.stream = new PassThrough();
      this.reply.type(NDJSON).header('cache-control', 'no-store').send(this.stream);
    }
    this.stream.write(`${line}\n`);
  }
}
