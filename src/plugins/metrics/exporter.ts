/**
 * A listener in the place of VPP's own exporter, vpp_prometheus_export: the same paths, status lines and headers, byte for byte, and
 * nothing else. It knows no tokens, as that program knows none.
 */

import { createServer, type Server, type Socket } from 'node:net';
import { type Endpoint, type Log, reasonOf } from '../../sdk/index.js';

const ROOT_PAGE =
  '<html><head><title>Metrics exporter</title></head><body><ul><li><a href="/metrics">metrics</a></li></ul></body></html>';
const NOT_FOUND_PAGE =
  '<html><head><title>Document not found</title></head><body><h1>404 - Document not found</h1></body></html>';

/** Bytes of a request's head. */
const MOST_HEAD = 16 * 1024;
const MOST_CONNECTIONS = 100;
/** Milliseconds in which a client sends its request, and in which it reads something of the answer. */
const PATIENCE_MS = 10_000;
/** Milliseconds that a connection lasts at most: one that reads a byte at a time would keep its place for ever. */
const LONGEST_MS = 60_000;
const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/;
const END_OF_HEAD = /\r?\n\r?\n/;

export class Exporter {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  constructor(
    private readonly page: () => Promise<Buffer>,
    private readonly log: Pick<Log, 'info' | 'warn' | 'debug'>,
  ) {}

  /** The address that it listens on. */
  async listen({ host, port }: Endpoint): Promise<string> {
    const server = createServer((socket) => this.serve(socket));
    server.maxConnections = MOST_CONNECTIONS;
    this.server = server;
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host: host === '' ? '::' : host, port }, resolve);
      });
    } catch (error) {
      this.server = undefined;
      const text = `cannot listen on exporter-endpoint ${host}:${port} of metrics.conf: ${reasonOf(error)}`;
      throw new Error(`${text} (does vpp_prometheus_export run?)`, { cause: error });
    }
    server.on('error', (error) => this.log.warn(`exporter: ${reasonOf(error)}`));
    const address = server.address();
    if (address === null || typeof address === 'string') return '';
    if (!LOOPBACK.test(address.address)) {
      this.log.warn('exporter: every machine that reaches exporter-endpoint of metrics.conf reads it, without a token');
    }
    return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    for (const socket of this.sockets) socket.destroy();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    let head = '';
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    const longest = setTimeout(() => socket.destroy(), LONGEST_MS);
    socket.on('close', () => {
      clearTimeout(longest);
      this.sockets.delete(socket);
    });
    socket.on('error', (error) => this.log.debug(`exporter: ${reasonOf(error)}`));
    socket.setEncoding('latin1');
    const take = (text: string) => {
      head += text;
      if (head.length > MOST_HEAD) socket.destroy();
      else if (END_OF_HEAD.test(head)) {
        socket.off('data', take);
        socket.resume();
        void this.answer(socket, head.slice(0, head.indexOf('\n')).trimEnd());
      }
    };
    socket.on('data', take);
  }

  private async answer(socket: Socket, line: string): Promise<void> {
    const [method, path, protocol = ''] = line.split(/[ \t]+/);
    if (method !== 'GET') socket.end('HTTP/1.0 405 Method Not Allowed\r\n');
    else if (!protocol.startsWith('HTTP/1.')) socket.end('HTTP/1.0 400 Bad Request\r\n');
    else if (path === '/') socket.end(withLength('200 OK', ROOT_PAGE));
    else if (path !== '/metrics') socket.end(withLength('404 Not Found', NOT_FOUND_PAGE));
    else {
      const page = await this.page().catch((error: unknown) => {
        this.log.warn(`exporter: the page could not be made: ${reasonOf(error)}`);
        return Buffer.alloc(0);
      });
      socket.write('HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n');
      socket.end(page);
    }
  }
}

const withLength = (status: string, body: string) =>
  `HTTP/1.0 ${status}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
