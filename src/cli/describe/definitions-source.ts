/** Source of `describe`'s definitions: a running VPP, or a directory alone. */

import { type Connection, loadSchema, type Schema, type TableEntry } from '../../mux/index.js';
import { definitions, withConnection } from '../connection.js';
import type { Host } from '../host.js';
import { type ConnectionFlags, connectOptions, vppOptions } from '../options.js';
import { sharedConnection } from '../with-channel.js';

export interface Definitions {
  readonly schema: Schema;
  /** Message table of the running VPP, where one was asked. */
  readonly table?: ReadonlyMap<string, TableEntry>;
  /** All message names. */
  readonly names: readonly string[];
}

/** A directory is enough where one is named and no socket is. Throws what loading or connecting throws. */
export async function findDefinitions(host: Host, flags: ConnectionFlags): Promise<Definitions> {
  const shared = sharedConnection(host, flags);
  if (shared !== undefined) return definitionsOf(shared);
  const options = connectOptions(host, flags);
  const directory = flags.apiDir ?? (host.io.env.VPP_API_DIR || undefined);
  if (directory !== undefined && options.socket === undefined) {
    const schema = await loadSchema(directory);
    return { schema, names: namesIn(schema) };
  }
  const asked = { ...(await vppOptions(host, flags)), name: 'vppmux describe', health: { probe: false } } as const;
  return withConnection(asked, async (vpp) => definitionsOf(vpp));
}

function definitionsOf(vpp: Connection): Definitions {
  const { table } = vpp;
  const schema = definitions(vpp);
  return { schema, table, names: namesIn(schema, table.keys()) };
}

/** Names of all messages, unusable ones and those whose definition VPP does not hand out included. */
function namesIn({ model }: Schema, more: Iterable<string> = []): string[] {
  return [...new Set([...model.messages.keys(), ...model.unusable.keys(), ...more])].sort();
}
