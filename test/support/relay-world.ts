/** A mock, a connection to it with an API socket, and raw clients of that socket, for the time of one test. */
import { dirname, join } from 'node:path';
import type { MockOptions, MockVpp } from '../../mock-vpp/index.js';
import type { ApiSocket, ApiSocketOptions, Connection, ConnectOptions, Schema } from '../../src/mux/index.js';
import { ownSchema } from './mock.js';
import { RawClient } from './raw-client.js';
import { afterThis, world } from './world.js';

export interface RelayWorld {
  readonly mock: MockVpp;
  readonly connection: Connection;
  readonly api: ApiSocket;
  readonly path: string;
  /** Warnings in the connection's log. */
  readonly warnings: readonly string[];
  /** A client that has shaken hands. */
  client(name?: string): Promise<RawClient>;
  /** A client that has only connected. */
  stranger(): Promise<RawClient>;
}

export interface RelayWorldOptions {
  readonly socket?: Partial<ApiSocketOptions>;
  readonly connect?: ConnectOptions;
  readonly mock?: Partial<MockOptions>;
  /** Definitions that the clients have; default: the mock's own. */
  readonly schema?: Schema;
}

export async function relayWorld(options: RelayWorldOptions = {}): Promise<RelayWorld> {
  const warnings: string[] = [];
  const log = (level: string, text: string) => void (level === 'warn' && warnings.push(text));
  const schema = options.schema ?? (await ownSchema());
  // The mux's own probes would be among the pings that a test counts.
  const health = { intervalMs: 0 };
  const { mock, connection } = await world({ log, schema, health, ...options.connect }, options.mock);
  const path = join(dirname(mock.socket), 'clients.sock');
  const api = await connection.listen({ path, ...options.socket });
  const kept = (client: RawClient) => {
    afterThis(() => client.close());
    return client;
  };
  return {
    ...{ mock, connection, api, path, warnings },
    client: async (name) => kept(await RawClient.connect(path, schema, name)),
    stranger: async () => kept(await RawClient.open(path, schema)),
  };
}
