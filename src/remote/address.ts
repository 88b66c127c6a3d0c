/** The address of an agent, and of what is at it. */

import { badOption } from '../mux/options/check-options.js';

export interface AgentAddress {
  /** For people: without a query, which may hold secrets. */
  readonly shown: string;
  at(path: string): URL;
}

/** Throws BAD_OPTION. */
export function addressOf(url: string | URL | undefined): AgentAddress {
  const given = url ?? pageOrigin();
  if (given === undefined)
    throw badOption('url', 'url is needed: the address of the agent, such as http://localhost:9191');
  const base = parsed(given);
  const root = base.pathname.replace(/\/$/, '');
  return {
    shown: `${base.protocol}//${base.host}${root}`,
    at: (path) => new URL(`${root}${path}`, base),
  };
}

function parsed(given: string | URL): URL {
  let url: URL;
  try {
    url = new URL(given);
  } catch {
    throw badOption('url', `url must be an address such as http://localhost:9191, not ${String(given)}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw badOption('url', 'url must have no user and no password; give the token as the option token');
  }
  url.protocol = url.protocol.replace(/^ws/, 'http');
  if (!/^https?:$/.test(url.protocol)) {
    throw badOption('url', `url must begin with http:, https:, ws: or wss:, not ${url.protocol}`);
  }
  return url;
}

/** Origin of the page; undefined outside of browsers. */
function pageOrigin(): string | undefined {
  const origin: unknown = Reflect.get(Reflect.get(globalThis, 'location') ?? {}, 'origin');
  return typeof origin === 'string' && origin !== 'null' ? origin : undefined;
}
