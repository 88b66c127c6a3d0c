import { type Connection, ConnectionError, type Schema } from '../mux/index.js';

/** The definitions in use on a connection that has been ready once. */
export function definitions(vpp: Connection): Schema {
  if (vpp.schema) return vpp.schema;
  throw new ConnectionError('NOT_CONNECTED', `no session with VPP yet: ${vpp.status.reason}`, { outcome: 'not-sent' });
}
