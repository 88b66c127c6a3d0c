/** One look at a running agent: its status and the clients of its API sockets. It is another program's text: every piece is checked. */

import { MAIN } from '../../../agent/for-cli.js';
import { pathAt } from '../../../plugins/protocol.js';
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
  /** One of its dataplanes; default: `main`. */
  readonly dataplane?: string | undefined;
}

/** Rejects with an error that says why, for an agent that is not there or does not let us look. */
export async function readAgent({ url, headers, dataplane }: AgentAddress, signal: AbortSignal): Promise<AgentReading> {
  const asking = { signal, headers, patienceMs: PATIENCE_MS };
  const status = await readStatus(url, asking);
  const monotonic = performance.now();
  if (!isStatus(status)) throw new Error('what listens there is no agent of vppmux');
  const own = atDataplane(status, dataplane);
  const clients = await ask(new URL(pathAt('/clients', dataplane), url), asking);
  if (clients.statusCode !== 200) return { monotonic, status: own };
  return { monotonic, status: own, clients: clientsIn(JSON.parse(clients.body)) };
}

/** The status with the sections of a dataplane in place of those of `main`. */
function atDataplane(status: Struct, dataplane = MAIN): Struct {
  if (dataplane === MAIN) return status;
  const others: Struct = Object(status.dataplanes);
  if (Object.hasOwn(others, dataplane)) return { ...status, ...Object(others[dataplane]) };
  throw new Error(`it has no dataplane ${dataplane}: there are ${[MAIN, ...Object.keys(others)].join(', ')}`);
}

export const whyNoAgent = (url: URL, error: unknown): string => {
  const { code } = error as NodeJS.ErrnoException;
  return `no agent at ${url.host}: ${code === 'ECONNREFUSED' ? 'nobody listens there' : reasonOf(error)}`;
};
