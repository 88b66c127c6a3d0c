/** A relay in a process of its own, which dies: `relay-process.js VPP-SOCKET API-SOCKET`. Tells its parent what it has in its tables. */
import { type ApiClient, type ConnectionStats, connect } from '../../src/mux/index.js';

export interface RelayTables {
  readonly clients: readonly ApiClient[];
  readonly stats: ConnectionStats;
  readonly state: string;
  /** Errors that nobody caught. */
  readonly uncaught: readonly string[];
}

const uncaught: string[] = [];
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(
    event,
    (error: unknown) => void uncaught.push(`${event}: ${error instanceof Error ? error.stack : error}`),
  );
}
const [socket, path] = process.argv.slice(2);
const connection = await connect({ socket, cacheDir: false });
const api = await connection.listen({ path });

process.on('message', (number: number) => {
  const tables: RelayTables = {
    ...{ clients: api.clients(), stats: connection.stats(), state: connection.status.state, uncaught },
  };
  process.send?.({ number, tables });
});
process.on('disconnect', () => process.exit());
process.send?.({ number: 0 });
