/**
 * kill -9 of VPP, of random clients and of the relay, again and again under the load of fifty clients: everything goes on, no client
 * gets another's answer or a short list, and when they have left nothing of them is at VPP or in the relay's tables.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { ownSchema } from '../support/mock.js';
import { randomFrom, scaled, seedFor } from '../support/scale.js';
import { scratch } from '../support/vpp.js';
import { afterThis } from '../support/world.js';
import { compiled, Dataplane } from './dataplane.js';
import { LoadClient } from './relay-client-load.js';
import type { RelayTables } from './relay-process.js';

const CLIENTS = 50;
const ROUNDS = scaled({ short: 3, long: 100 });
const PATIENCE = { interval: 20 };

class RelayProcess {
  private readonly waiting = new Map<number, (tables: RelayTables) => void>();
  private count = 0;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', ({ number, tables }: { number: number; tables: RelayTables }) => {
      this.waiting.get(number)?.(tables);
      this.waiting.delete(number);
    });
  }

  static async start(vpp: string, path: string): Promise<RelayProcess> {
    const child = fork(compiled('relay-process.js'), [vpp, path], { execArgv: [] });
    const relay = new RelayProcess(child);
    await new Promise<void>((resolve) => relay.waiting.set(0, () => resolve()));
    return relay;
  }

  tables(): Promise<RelayTables> {
    const number = ++this.count;
    return new Promise((resolve) => {
      this.waiting.set(number, resolve);
      this.child.send(number, () => {});
    });
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }
}

it(`${ROUNDS} deaths each of VPP, of ten clients, of the relay: all go on, and nothing is left over`, {
  timeout: 3_600_000,
}, async () => {
  const { path, remove } = scratch();
  afterThis(remove);
  const [socket, api] = [path('vpp.sock'), path('api.sock')];
  const random = randomFrom(seedFor('deaths around a relay'));
  let vpp = await Dataplane.start({ socket, loopbacks: 3 });
  let relay = await RelayProcess.start(socket, api);
  afterThis(
    () => vpp.end(),
    () => relay.end(),
  );
  const schema = await ownSchema();
  const clients = Array.from({ length: CLIENTS }, () => new LoadClient(api, schema, random));
  afterThis(() => Promise.all(clients.map((client) => client.end())));

  /** Each client gets answers that it did not have before. */
  const allGoOn = async () => {
    const before = clients.map(({ exchanges }) => exchanges);
    await expect.poll(() => clients.filter(({ exchanges }, i) => exchanges < before[i] + 3).length, PATIENCE).toBe(0);
  };
  const deaths: (() => Promise<void>)[] = [
    async () => {
      const next = await Dataplane.standby({ socket, loopbacks: 3 });
      await vpp.end();
      vpp = next;
      await vpp.order({ do: 'listen' });
    },
    async () => {
      await relay.end();
      relay = await RelayProcess.start(socket, api);
    },
    async () => {
      for (const client of clients) if (random() < 0.2) client.kill();
    },
  ];
  await allGoOn();
  for (let round = 0; round < ROUNDS; round++) {
    for (const death of deaths) {
      await death();
      await allGoOn();
    }
  }
  const exchanges = clients.reduce((sum, client) => sum + client.exchanges, 0);
  const connections = clients.reduce((sum, client) => sum + client.connections, 0);
  const uncaught = [...(await relay.tables()).uncaught];
  await Promise.all(clients.map((client) => client.end()));
  await expect.poll(async () => (await relay.tables()).clients, PATIENCE).toEqual([]);
  await expect.poll(async () => (await relay.tables()).stats.inFlight, PATIENCE).toBe(0);
  await expect
    .poll(async () => (await vpp.order({ do: 'tell' })).clients.map(({ wants }) => wants), PATIENCE)
    .toEqual([[]]);
  const { stats, uncaught: later } = await relay.tables();
  console.log(`${exchanges} exchanges on ${connections} connections`);
  expect(stats).toMatchObject({ inFlight: 0, waiting: 0, channels: 0 });
  expect(clients.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect([...uncaught, ...later]).toEqual([]);
});
