import { isDump } from '../channel/checks.js';
import type { Fields } from '../codec/codec.js';
import type { Session } from '../session/session.js';
import type { Channel } from '../types.js';

interface Asker {
  readonly own: Channel;
  /** Throws NOT_CONNECTED or CLOSED. */
  usable(): Session;
}

/** Asks VPP on the mux's own channel: gives the details of a dump, or the one reply, a refusal too. */
export async function askVpp(connection: Asker, name: string, fields: Fields): Promise<readonly Fields[]> {
  const { own } = connection;
  return isDump(connection.usable().catalogue.plan(name))
    ? own.dump(name, fields).toArray()
    : [await own.request(name, fields, { anyRetval: true })];
}
