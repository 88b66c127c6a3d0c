/** Connected clients by registration index. As in VPP, indices are used again, and index 0 is the listener's. */
import type { Socket } from 'node:net';
import { Pool } from '../dataplane/pool.js';
import { Client, type ClientHost } from './client.js';

const SOCKET_BIT = 0x80000000;

export class Registrations {
  private readonly pool = new Pool<Client | 'listener'>();

  constructor() {
    this.pool.add(() => 'listener');
  }

  add(socket: Socket, host: ClientHost): Client {
    const made = this.pool.add((index) => new Client((index | SOCKET_BIT) >>> 0, socket, host));
    return made as Client;
  }

  get(registration: number): Client | undefined {
    if (registration < SOCKET_BIT) return undefined;
    const found = this.pool.get(registration - SOCKET_BIT);
    return found === 'listener' ? undefined : found;
  }

  remove(client: Client): void {
    if (this.get(client.registration) === client) this.pool.remove(client.registration - SOCKET_BIT);
  }

  *values(): Generator<Client> {
    for (const each of this.pool.values()) if (each !== 'listener') yield each;
  }
}
