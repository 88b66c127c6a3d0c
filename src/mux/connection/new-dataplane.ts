/** One of the VPPs of a connection, reached through its Unix socket or the transport of the options. */

import { openTransport } from '../link/open-transport.js';
import { openUnixLink } from '../link/unix-link.js';
import type { Settings } from '../options.js';
import type { DataplaneRole, TraceEntry } from '../types.js';
import { Dataplane } from './dataplane.js';
import { dial } from './dial.js';
import { SchemaSource } from './schema-source.js';

/** What changes from one attempt to the next. */
interface Attempt {
  readonly trace: ((entry: TraceEntry) => void) | undefined;
  /** Generation of the session to come. */
  readonly generation: number;
}

/** `primary`: where its definitions come from, when this is the backup. */
export function newDataplane(
  settings: Settings,
  role: DataplaneRole,
  socket: string,
  attempt: (dataplane: Dataplane) => Attempt,
  primary?: SchemaSource,
): Dataplane {
  const { name, connectTimeoutMs: timeoutMs, maxFrameBytes, unsafe = false } = settings;
  const { exclusive, reconnect, transport, log } = settings;
  // The address of a transport is no file, even where one has that path.
  const file = transport ? undefined : socket;
  const openLink = transport ? openTransport(transport) : openUnixLink;
  const schemas = new SchemaSource({ ...settings, socket: file }, log, primary);
  const fixed = { openLink, socket, name, timeoutMs, maxFrameBytes, unsafe, exclusive };
  return new Dataplane(role, socket, file, schemas, reconnect, (dataplane, signal) =>
    dial({ ...fixed, ...attempt(dataplane), signal }, schemas),
  );
}
