/** Makes the endpoint for one VPP of a connection: through its Unix socket, or the transport of the options. */

import { openTransport } from '../link/open-transport.js';
import { openUnixLink } from '../link/unix-link.js';
import type { Settings } from '../options.js';
import type { DataplaneRole, TraceEntry } from '../types.js';
import { dial } from './dial.js';
import { SchemaSource } from './schema-source.js';
import { VppEndpoint } from './vpp-endpoint.js';

/** Options that change from one attempt to the next. */
interface Attempt {
  readonly trace: ((entry: TraceEntry) => void) | undefined;
  /** Generation of the session to come. */
  readonly generation: number;
}

/** `primary`: the definitions of the primary, which the backup's may share. */
export function newEndpoint(
  settings: Settings,
  role: DataplaneRole,
  socket: string,
  attempt: (endpoint: VppEndpoint) => Attempt,
  primary?: SchemaSource,
): VppEndpoint {
  const { name, connectTimeoutMs: timeoutMs, maxFrameBytes, unsafe = false } = settings;
  const { exclusive, reconnect, transport, log } = settings;
  // The address of a transport is no file, even where one has that path.
  const file = transport ? undefined : socket;
  const openLink = transport ? openTransport(transport) : openUnixLink;
  const schemas = new SchemaSource({ ...settings, socket: file }, log, primary);
  const fixed = { openLink, socket, name, timeoutMs, maxFrameBytes, unsafe, exclusive };
  return new VppEndpoint(role, socket, file, schemas, reconnect, (endpoint, signal) =>
    dial({ ...fixed, ...attempt(endpoint), signal }, schemas),
  );
}
