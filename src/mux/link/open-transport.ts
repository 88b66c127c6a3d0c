/** Makes links over a user's transport, each within the time limit for connecting. */

import { isA, reasonOf } from '../../thrown.js';
import { ConnectionError, VppmuxError } from '../errors.js';
import type { Transport, TransportLink } from '../types.js';
import type { LinkOptions, OpenLink } from './link.js';
import { closeQuietly, LinkOverTransport } from './transport-link.js';

/** Gives the `OpenLink` of a transport. It rejects with TRANSPORT_FAILED, ABORTED, or the transport's own VppmuxError. */
export function openTransport(transport: Transport): OpenLink {
  return (options) =>
    new Promise((resolve, reject) => {
      const { socket, timeoutMs, signal } = options;
      const unwanted = new AbortController();
      const settle = (error: Error) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        unwanted.abort(error);
        reject(error);
      };
      const fail = (cause: unknown) => settle(isA(cause, VppmuxError) ? cause : failed(socket, cause));
      const abort = () =>
        settle(new ConnectionError('ABORTED', `connecting to ${socket} was given up by the caller`, { socket }));
      const timer = setTimeout(() => {
        const system = Object.assign(new Error(`not connected after ${timeoutMs} ms`), { code: 'ETIMEDOUT' });
        settle(failed(socket, system));
      }, timeoutMs);
      signal?.addEventListener('abort', abort, { once: true });
      if (signal?.aborted) return abort();
      const take = (given: TransportLink) => {
        if (!isLink(given)) return fail(new TypeError('it gave something that is not a link with send() and close()'));
        if (unwanted.signal.aborted) return closeQuietly(given);
        const link = adopt(given, options);
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        resolve(link);
      };
      try {
        const made = transport({ socket, timeoutMs, signal: unwanted.signal });
        // A link that is ready may end within this tick, so it is adopted in it.
        if (isPromise(made)) made.then(take).catch(fail);
        else take(made);
      } catch (error) {
        fail(error);
      }
    });
}

/** Throws for a link whose listeners cannot be set, such as a frozen object. */
function adopt(given: TransportLink, options: LinkOptions): LinkOverTransport {
  try {
    return new LinkOverTransport(given, options);
  } catch (error) {
    closeQuietly(given);
    throw error;
  }
}

function failed(socket: string, cause: unknown): ConnectionError {
  const text = `the transport cannot connect to VPP at ${socket}: ${reasonOf(cause)}`;
  return new ConnectionError('TRANSPORT_FAILED', text, { socket, outcome: 'not-sent' }, cause);
}

const isPromise = <T>(given: T | Promise<T>): given is Promise<T> =>
  typeof (given as Promise<T> | undefined)?.then === 'function';

function isLink(given: TransportLink): boolean {
  return typeof given?.send === 'function' && typeof given.close === 'function';
}
