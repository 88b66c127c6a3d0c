/** The address of the agent that a command asks: option, environment, the one that runs, default. */

import { isLoopback } from '../../plugins/protocol.js';
import { UsageError } from '../errors.js';
import type { Env } from '../files/private-folder.js';
import type { Host } from '../host.js';
import { runningAgents } from './running-agents.js';

export const DEFAULT_AGENT = 'http://127.0.0.1:9191';

export interface AgentAddress {
  readonly agent?: string;
}

/** Throws UsageError, also when several agents run and it is not said which. */
export function agentUrl({ io }: Pick<Host, 'io'>, { agent }: AgentAddress): URL {
  if (agent !== undefined) return parsed(agent, '--agent');
  return namedAgent(io.env) ?? new URL(runningAddress(io.env));
}

/** Reads VPPMUX_AGENT. Throws UsageError. */
export function namedAgent({ VPPMUX_AGENT: agent }: Env): URL | undefined {
  return agent ? parsed(agent, 'VPPMUX_AGENT') : undefined;
}

/** Whether only this machine's agents are at `url`. */
export const isLocal = ({ hostname }: URL) => isLoopback(hostname.replace(/^\[|\]$/g, ''));

/** Errors do not quote the text: it may hold a password. */
function parsed(agent: string, from: string): URL {
  // `localhost:9191` has no scheme, `unix:/x` has one.
  const text = /^[a-z][a-z0-9+.-]*:(?!\d+(\/|$))/i.test(agent) ? agent : `http://${agent}`;
  const url = !agent.startsWith('/') && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`${from} must be the agent's address, as ${DEFAULT_AGENT} (endpoint in http.conf)`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      `${from} has a user name or a password in it, which the agent does not take: --token-file FILE or VPPMUX_TOKEN has the token`,
    );
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw new UsageError(`${from} must end behind the port, as ${url.origin}: commands add the paths`);
  }
  return url;
}

/** Picks the agent at the usual address where several run. */
function runningAddress(env: Env): string {
  const urls = runningAgents(env).flatMap(({ url }) => (url === undefined ? [] : [localUrl(url)]));
  if (urls.length === 0 || urls.includes(localUrl(DEFAULT_AGENT))) return DEFAULT_AGENT;
  if (urls.length === 1) return urls[0];
  throw new UsageError(`several agents run: say which with --agent or VPPMUX_AGENT: ${urls.join(', ')}`);
}

/** The address to reach a server of this machine at: one that listens on all addresses has those of the loopback. */
export function localUrl(address: string): string {
  const url = new URL(address);
  if (url.hostname === '0.0.0.0' || url.hostname === '[::]' || url.hostname === 'localhost') url.hostname = '127.0.0.1';
  return url.origin;
}

/** The address of one of the agent's WebSockets; `agent` is that of its HTTP server. */
export function socketUrl(agent: URL, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(path, agent.href.replace(/^http/, 'ws'));
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}
