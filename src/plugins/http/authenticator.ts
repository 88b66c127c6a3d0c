/**
 * Decides which callers are let in, and with which access: by token from anywhere, without one from this machine only. It is asked
 * for every request and every WebSocket; a request that a foreign page makes a browser send does not get through.
 */

import type { IncomingMessage } from 'node:http';
import { type HttpCaller, HttpError } from '../../sdk/index.js';
import { hostIsLoopback, isLocal, isLoopback } from './caller.js';
import type { HttpConfig } from './config.js';
import { confMistake } from './named-files.js';
import { findToken, Secret } from './secret.js';

const CHALLENGE = { 'www-authenticate': 'Bearer realm="vppmux"' };

export class Authenticator {
  private readonly config: HttpConfig;
  private readonly write: Secret | undefined;
  private readonly read: Secret | undefined;

  /** Reads the tokens. Throws when one cannot be read where http.conf says it is. */
  constructor(config: HttpConfig, warn: (text: string) => void) {
    const read = findToken('read-token', config['read-token'], warn);
    const write = findToken('write-token', config['write-token'], warn);
    if (read !== undefined && read === write) {
      throw confMistake('read-token and write-token are the same; a caller that has one would have the other');
    }
    this.config = config;
    this.read = read === undefined ? undefined : new Secret(read);
    this.write = write === undefined ? undefined : new Secret(write);
  }

  get allowedOrigins(): readonly string[] {
    return this.config['allowed-origins'];
  }

  get hasTokens(): boolean {
    return this.read !== undefined || this.write !== undefined;
  }

  /** Throws HttpError: UNAUTHORIZED or FORBIDDEN. */
  admit(request: IncomingMessage): HttpCaller {
    const { origin, authorization } = request.headers;
    if (!originAllowed(request, this.config.endpoint.host, this.config['allowed-origins'])) {
      const text = `pages of ${origin ?? 'other origins'} may not do this (allowed-origins in http.conf)`;
      throw new HttpError('FORBIDDEN', text);
    }
    const local = isLocal(request);
    if (authorization !== undefined) return { ...this.byToken(authorization), local: local && hostIsLoopback(request) };
    if (!local) throw this.needsToken();
    if (!hostIsLoopback(request)) {
      const { host } = request.headers;
      const asked = host === undefined ? 'without a Host' : `as ${host}`;
      const text = `without a token this agent is asked as 127.0.0.1 or localhost, not ${asked}`;
      throw new HttpError('FORBIDDEN', text);
    }
    const access = this.config['loopback-access'];
    if (access === 'none') throw this.needsToken();
    return { name: 'loopback', access, local };
  }

  /** Compares both tokens, whatever the first comparison says: the time taken tells nothing. */
  private byToken(header: string): Pick<HttpCaller, 'name' | 'access'> {
    const [, token = ''] = /^bearer +(\S+) *$/i.exec(header) ?? [];
    const [mayRead, mayWrite] = [this.read?.equals(token), this.write?.equals(token)];
    if (mayWrite) return { name: 'write-token', access: 'write' };
    if (mayRead) return { name: 'read-token', access: 'read' };
    const text = this.hasTokens
      ? 'this token is not known here (Authorization: Bearer TOKEN)'
      : 'no token is known here: none is set (read-token, write-token in http.conf)';
    throw new HttpError('UNAUTHORIZED', text, CHALLENGE);
  }

  private needsToken(): HttpError {
    if (this.hasTokens) {
      return new HttpError('UNAUTHORIZED', 'a token is needed (Authorization: Bearer TOKEN)', CHALLENGE);
    }
    const text = 'only callers on this machine are served: no token is set (read-token, write-token in http.conf)';
    return new HttpError('FORBIDDEN', text);
  }
}

/**
 * True without an Origin, for an allowed one, and for the server's own: the host and port it was asked under. Browsers send
 * requests across origins without asking, so a page from anywhere could read what the agent tells this machine.
 */
function originAllowed(request: IncomingMessage, host: string, allowed: readonly string[]): boolean {
  const { origin, host: asked } = request.headers;
  if (origin === undefined) return !isPartOfForeignPage(request);
  if (allowed.includes(origin)) return true;
  if (!URL.canParse(origin) || asked === undefined) return false;
  const from = new URL(origin);
  // A foreign name that was made to resolve to this machine arrives as its own origin; on loopback only loopback names count.
  if (isLoopback(host) && !isLoopback(from.hostname.replace(/^\[|\]$/g, ''))) return false;
  return from.host === asked;
}

/** Whether it loads a part of a page (an image, a script): browsers send no Origin then, but say what for. Following a link is fine. */
function isPartOfForeignPage({ headers }: IncomingMessage): boolean {
  const { 'sec-fetch-site': site = 'none', 'sec-fetch-mode': mode } = headers;
  return site !== 'none' && site !== 'same-origin' && mode !== 'navigate';
}
