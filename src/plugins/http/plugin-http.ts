/**
 * The HTTP server as one plugin has it. When the plugin ends, its WebSockets are closed; its routes stay, since a server that
 * listens cannot take any back, but answer with UNAVAILABLE.
 */

import type { FastifyInstance, RouteOptions } from 'fastify';
import { AgentError, type Http, HttpError, type Log, PluginResources } from '../../sdk/index.js';
import { registeredBy } from './registered.js';

/** Close code: the server is going away. */
const GOING_AWAY = 1001;
/** Bytes of the reason in a frame that closes a WebSocket. */
const LONGEST_REASON = 123;

/** `all.server` must have been given to `markRoutes`. */
export function httpOf(plugin: string, ended: AbortSignal, all: Http, log: Log): Http {
  const opened = new PluginResources(ended, (what) => log.debug(`closed what plugin ${plugin} left open: ${what}`));
  return {
    server: serverOf(all.server, { plugin, ended, warn: (text) => log.warn(text) }),
    callerOf: all.callerOf,
    onWithdrawn: all.onWithdrawn,
    ticket: all.ticket,
    get loopbackAccess() {
      return all.loopbackAccess;
    },
    get url() {
      return all.url;
    },
    socket(path, onSocket, options) {
      opened.check();
      const stop = all.socket(
        path,
        (socket, request, caller) => {
          const goodbye = () => socket.close(GOING_AWAY, String(ended.reason.message).slice(0, LONGEST_REASON));
          socket.once('close', opened.note('WebSocket', goodbye));
          onSocket(socket, request, caller);
        },
        options,
      );
      return opened.add('WebSocket path', stop);
    },
  };
}

const OWNER = Symbol('owner');

interface Owner {
  readonly plugin: string;
  readonly ended: AbortSignal;
  readonly warn: (text: string) => void;
}

/** A route that a plugin has added. */
interface OwnedRoute {
  readonly plugin: string;
  readonly reason: string | undefined;
}

/**
 * Makes each route that is added later through a plugin's own server answer only until that plugin has ended. One that another plugin
 * has already is refused with DUPLICATE_ROUTE.
 */
export function markRoutes(server: FastifyInstance): void {
  const routes = new Map<string, OwnedRoute>();
  server.addHook('onRoute', function (this: FastifyInstance & { readonly [OWNER]?: Owner }, route) {
    const owner = this[OWNER];
    if (owner === undefined) return;
    const own = { plugin: owner.plugin, reason: route.config?.reason };
    for (const method of [route.method].flat()) {
      const key = `${method} ${route.url}`;
      const first = routes.get(key);
      if (first !== undefined && first.plugin !== own.plugin && isTaken(server, method, route)) {
        throw duplicate(key, [first, own]);
      }
      routes.set(key, own);
    }
    const refuse = async () => {
      if (owner.ended.aborted)
        throw new HttpError('UNAVAILABLE', `plugin ${owner.plugin}, which is behind it, has ended`);
    };
    // Behind the server's own hooks: a caller who is not let in does not learn of it.
    route.onRequest = [refuse, ...[route.onRequest ?? []].flat()];
  });
}

/** The server adds a HEAD route to each GET route, unless there is one. */
function isTaken(server: FastifyInstance, method: string, { url, constraints }: RouteOptions): boolean {
  return method !== 'HEAD' && server.hasRoute({ method, url, constraints });
}

function duplicate(route: string, both: readonly [OwnedRoute, OwnedRoute]): AgentError {
  const [first, second] = both.map(({ plugin, reason }) => `${plugin}${reason === undefined ? '' : ` (${reason})`}`);
  const text = `plugins ${first} and ${second} both serve ${route}: give one of them another path, or remove one from the list of plugins`;
  return new AgentError('DUPLICATE_ROUTE', text, { plugin: both[1].plugin });
}

/** The server as its owner has it. Fastify's methods work on the object they are called on, so a route knows its owner. */
function serverOf(server: FastifyInstance, owner: Owner): FastifyInstance {
  const own = Object.create(server, { [OWNER]: { value: owner } }) as FastifyInstance;
  const by = { ...owner, own: (inner: FastifyInstance) => serverOf(inner, owner) };
  const register = (given: unknown, options?: unknown) => {
    server.register(registeredBy(by, given) as Parameters<FastifyInstance['register']>[0], options as never);
    return own;
  };
  return Object.defineProperty(own, 'register', { value: register });
}
