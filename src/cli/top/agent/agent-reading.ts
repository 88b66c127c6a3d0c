/** One look at a running agent: its status and the clients of its API sockets. It is another program's text: every piece is checked. */

import { reasonOf } from '../../../thrown.js';
import { ask, readStatus } from '../../agents/read-status.js';
import { clientsIn, type ListedClient } from '../../clients/client-rows.js';
import { isStatus, type Struct } from '../../status/shown-status.js';

/** Longest wait for an agent, which answers from memory. */
const PATIENCE_MS = 3000;

export interface AgentReading {
  readonly monotonic: number;
  readonly status: Struct;
  /** Undefined where it has no API sockets. */
  readonly clients?: readonly ListedClient[];
}

export interface AgentAddress {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** Rejects with an error that says why, for an agent that is not there or does not let us look. */
export async function readAgent({ url, headers }: AgentAddress, signal: AbortSignal): Promise<AgentReading> {
  const asking = { signal, headers, patienceMs: PATIENCE_MS };
  const status = await readStatus(url, asking);
  const monotonic = performance.now();
  if (!isStatus(status)) throw new Error('what listens there is no agent of vppmux');
  const clients = await ask(new URL('/clients', url), asking);
  if (clients.statusCode !== 200) return { monotonic, status };
  return { monotonic, status, clients: clientsIn(JSON.parse(clients.body)) };
}

export const whyNoAgent = (url: URL, error: unknown): string => {
  const { code } = error as NodeJS.ErrnoException;
  return `no agent at ${url.host}: ${code === 'ECONNREFUSED' ? 'nobody listens there' : reasonOf(error)}`;
};
