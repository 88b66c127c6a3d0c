/** The server, with everything that applies to every route of every plugin: access, limits, request ids, one shape of errors. */

import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { SecureContextOptions, Server as TlsServer } from 'node:tls';
import rateLimit from '@fastify/rate-limit';
import { type FastifyInstance, type FastifyRequest, fastify } from 'fastify';
import { type HttpCaller, HttpError, type Log } from '../../sdk/index.js';
import { isA } from '../../thrown.js';
import type { Authenticator } from './authenticator.js';
import { readerBody, refuseEncoded, takeJsonOnly } from './bodies.js';
import type { HttpConfig } from './config.js';
import { Connections } from './connections.js';
import { corsHeaders, preflight } from './cors.js';
import { dataplaneHint } from './dataplane-hint.js';
import { answerError, parserRefusal, refuseRaw, shownRoute } from './errors.js';
import { tlsOptions } from './named-files.js';
import { RateWindows } from './rate-windows.js';
import type { Sockets } from './sockets.js';

/** A request without a Host header is refused by our code, in the shape of all errors. */
const PARSER = { maxHeaderSize: 16 * 1024, requireHostHeader: false };
/** Milliseconds between two checks for requests that take too long; Node's default is half a minute. */
const LOOK_MS = 1000;
/** Milliseconds of a window in which requests are counted. */
const WINDOW_MS = 1000;
/** Bytes of an answer that cost as much as a request, and the highest cost of one. */
const COST_BYTES = 64 * 1024;
const MOST_COST = 20;

const costOf = (bytes: number) => Math.min(MOST_COST, Math.ceil(bytes / COST_BYTES));
const addressOf = ({ socket }: IncomingMessage) => socket.remoteAddress ?? '';

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export class GuardedServer {
  readonly fastify: FastifyInstance;
  private readonly config: HttpConfig;
  private authenticator: Authenticator;
  private readonly log: Log;
  private readonly callers = new WeakMap<
    IncomingMessage,
    { readonly caller: HttpCaller; readonly by: Authenticator }
  >();
  /** Methods of each route by its path, for 404 and 405. A request's path must never be read as the pattern of a route. */
  private readonly routes = new Map<string, Set<string>>();
  /** Throws RATE_LIMITED. */
  private count: (address: string, cost: number) => Promise<void> = async () => {};

  /** Answers a plain request at a path of WebSockets. */
  private socketRefusal: Sockets['refusalAt'] = () => undefined;

  /** `dataplanes`: names of all of them, for people who ask at one. */
  constructor(
    config: HttpConfig,
    authenticator: Authenticator,
    log: Log,
    private readonly dataplanes: readonly string[],
  ) {
    this.config = config;
    this.authenticator = authenticator;
    this.log = log;
    this.fastify = this.build();
  }

  /** Registers the rate limit. Call it before any routes are added. */
  async init(): Promise<void> {
    const max = this.config['rate-limit'];
    if (max === 0) return;
    await this.fastify.register(rateLimit, { global: false, max, timeWindow: WINDOW_MS, store: RateWindows });
    const count = this.fastify.createRateLimit();
    this.count = async (ip, cost) => {
      // A route that costs more than the whole limit can be requested once in each window, and not never.
      const times = Array.from({ length: Math.min(cost, max) });
      // The package looks at nothing else of a request; a WebSocket has none. All in one turn: of two requests that take turns in
      // counting, each would find the other's share gone, and both would be refused.
      const results = await Promise.all(times.map(() => count({ ip, routeOptions: {} } as FastifyRequest)));
      const result = results.at(-1);
      if (result === undefined || result.isAllowed || !result.isExceeded) return;
      const text = `more than ${max} requests in a second from ${ip} (rate-limit in http.conf)`;
      throw new HttpError('RATE_LIMITED', text, { 'retry-after': String(result.ttlInSeconds) });
    };
  }

  /** Lets a request in, or throws HttpError. */
  async admit(request: IncomingMessage, cost = 1): Promise<HttpCaller> {
    if (cost > 0) await this.count(addressOf(request), cost);
    return this.authenticator.admit(request);
  }

  /** Replaces the authenticator. */
  letIn(authenticator: Authenticator): void {
    this.authenticator = authenticator;
  }

  /** Takes the sockets whose paths refuse plain requests. */
  serves(sockets: Sockets): void {
    this.socketRefusal = (path, request) => sockets.refusalAt(path, request);
  }

  /** Replaces the certificate for new connections. The server must have TLS. */
  useCertificate(options: SecureContextOptions): void {
    (this.fastify.server as unknown as TlsServer).setSecureContext(options);
  }

  callerOf(request: IncomingMessage): HttpCaller | undefined {
    return this.callers.get(request)?.caller;
  }

  private build(): FastifyInstance {
    const tls = tlsOptions(this.config, (text) => this.log.warn(text));
    const requestTimeout = this.config['request-timeout'];
    const node = { ...PARSER, requestTimeout, headersTimeout: requestTimeout, connectionsCheckingInterval: LOOK_MS };
    const server = fastify({
      logger: false,
      forceCloseConnections: true,
      return503OnClosing: false,
      requestTimeout,
      bodyLimit: this.config['body-limit'],
      // Addresses and ids that callers claim are not believed.
      trustProxy: false,
      requestIdHeader: false,
      genReqId: () => randomUUID(),
      http: node,
      ...(tls && { https: { ...tls, ...node } }),
      frameworkErrors: (error, request, reply) => void answerError(this.log, error, request, reply),
      clientErrorHandler: (error, socket) => {
        if (!connections.endAfterAnswers(socket)) refuseRaw(socket, parserRefusal(error));
      },
    }) as unknown as FastifyInstance;
    const connections = new Connections(server.server, requestTimeout);
    // No limit on the number of headers: those beyond it would be dropped, and they may say that the caller is a proxy or a page.
    server.server.maxHeadersCount = 0;
    // An expectation may be ignored (RFC 9110), and Node's own refusals do not have our shape.
    server.server.on('checkExpectation', (request, response) => server.server.emit('request', request, response));
    server.server.on('connect', (_, stream) => {
      stream.on('error', () => stream.destroy());
      refuseRaw(stream, new HttpError('BAD_REQUEST', 'this server is no proxy, and takes no CONNECT'));
    });
    takeJsonOnly(server);
    server.addHook('onRoute', ({ url, method }) => {
      const methods = this.routes.get(url) ?? new Set();
      this.routes.set(url, methods);
      for (const each of [method].flat()) methods.add(each);
    });
    server.addHook('onRequest', async (request, reply) => {
      const { raw } = request;
      const { allowedOrigins } = this.authenticator;
      reply.header('x-request-id', request.id).headers(corsHeaders(raw, allowedOrigins));
      const asked = preflight(raw, allowedOrigins);
      try {
        if (asked !== undefined) {
          await this.count(addressOf(raw), 1);
          return reply.code(204).headers(asked).send();
        }
        await this.guard(request);
        refuseEncoded(raw);
      } catch (error) {
        if (isA(error, HttpError) && error.code === 'RATE_LIMITED') connections.endFlood(request.raw, reply.raw);
        throw error;
      }
      if (await connections.isBehindLast(request.raw))
        throw new HttpError('RATE_LIMITED', 'it came behind one that was refused');
    });
    server.addHook('preParsing', async ({ raw }, reply, given) => {
      if (this.callerOf(raw)?.access === 'write') return given;
      const body = readerBody(raw.headers, given as Readable);
      // A body that the route has not read must not block the next request of its connection.
      reply.raw.once('finish', () => body.resume());
      return body;
    });
    server.addHook('preHandler', (request, _, done) => {
      try {
        this.readmit(request);
        done();
      } catch (error) {
        done(error as Error);
      }
    });
    server.addHook('onSend', async ({ raw, routeOptions }, _, payload) => {
      const size = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload.length : 0;
      const isStated = routeOptions.config?.cost !== undefined;
      // The answer is made already: the next request is refused instead.
      if (size >= COST_BYTES && !isStated) await this.count(addressOf(raw), costOf(size)).catch(() => {});
      return payload;
    });
    server.addHook('onResponse', async (request, { statusCode, elapsedTime }) => {
      const fields = { request: request.id, status: statusCode, ms: Math.round(elapsedTime) };
      this.log.debug(fields, `${shownRoute(request)}: ${statusCode}`);
    });
    server.setErrorHandler((error, request, reply) => answerError(this.log, error, request, reply));
    server.setNotFoundHandler((request) => {
      throw this.nothingThere(request);
    });
    return server;
  }

  private async guard(request: FastifyRequest): Promise<void> {
    const { raw, routeOptions } = request;
    const { access, cost: given = 1 } = routeOptions.config ?? {};
    const cost = Math.min(MOST_COST, typeof given === 'function' ? given() : given);
    if (access === 'open') return cost > 0 ? this.count(addressOf(raw), cost) : undefined;
    this.enter(request, await this.admit(raw, cost));
  }

  /** Takes note of the sender of a request. Throws HttpError FORBIDDEN when the route needs more than it may. */
  private enter({ raw, routeOptions, is404 }: FastifyRequest, caller: HttpCaller): void {
    const { access = READING.has(raw.method ?? '') || is404 ? 'read' : 'write' } = routeOptions.config ?? {};
    if (access === 'write' && caller.access !== 'write') {
      throw new HttpError('FORBIDDEN', `this changes something, and ${caller.name} may only read`);
    }
    this.callers.set(raw, { caller, by: this.authenticator });
  }

  /** Lets a request in anew where tokens or access have changed while its body was on the way. Throws HttpError. */
  private readmit(request: FastifyRequest): void {
    const by = this.callers.get(request.raw)?.by;
    if (by !== undefined && by !== this.authenticator) this.enter(request, this.authenticator.admit(request.raw));
  }

  private isServed(path: string): boolean {
    if (this.routes.has(path)) return true;
    return [...this.routes.keys()].some((route) => route.endsWith('/*') && path.startsWith(route.slice(0, -1)));
  }

  private nothingThere({ url, method, raw }: FastifyRequest): HttpError {
    const [path] = url.split('?');
    const shown = path.slice(0, 200);
    const methods = this.routes.get(path);
    if (methods === undefined) {
      const refusal = this.socketRefusal(path, raw);
      if (refusal) return refusal;
      const hint = dataplaneHint(shown, this.dataplanes, (at) => this.isServed(at));
      return new HttpError(
        'NOT_FOUND',
        `there is nothing at ${shown}${method === 'GET' ? '' : ` for ${method}`}${hint}`,
      );
    }
    const allow = [...methods].join(', ');
    return new HttpError('METHOD_NOT_ALLOWED', `${shown} does not take ${method}, but ${allow}`, { allow });
  }
}
