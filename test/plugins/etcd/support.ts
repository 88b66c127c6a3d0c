/** An agent with the plugins desired-state and etcd over a mock, as a member of a fleet. */

import { expect, onTestFinished } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { EtcdClient } from '../../../src/etcd/index.js';
import { type Assignment, FleetKeys, type FleetStore, writeWish } from '../../../src/fleet/index.js';
import { desiredStatePlugin } from '../../../src/plugins/desired-state/plugin.js';
import { etcdPlugin } from '../../../src/plugins/etcd/plugin.js';
import { govppPlugin } from '../../../src/plugins/govpp/plugin.js';
import { Mux } from '../../../src/sdk/mux.js';
import { directoryWith, recordingLog, taker } from '../../agent/support.js';
import { testMock } from '../../support/mock.js';
import { temporaryFolder } from '../desired-state/support.js';

export const keys = new FleetKeys();

export interface FleetAgentOptions {
  /** etcd.conf */
  readonly conf?: object;
  readonly stateDir?: string;
  readonly mock?: Awaited<ReturnType<typeof testMock>>;
}

export async function fleetAgent({ conf = {}, stateDir = temporaryFolder(), mock }: FleetAgentOptions = {}) {
  const vpp = mock ?? (await testMock());
  const { log, text } = recordingLog('info');
  const configDir = directoryWith({
    'govpp.conf': JSON.stringify({ 'binapi-socket-path': vpp.socket, 'health-check-probe': 'none' }),
    'desired-state.conf': JSON.stringify({ 'state-dir': stateDir }),
    'etcd.conf': JSON.stringify({ label: 'a', jitter: '0s', ttl: '2s', ...conf }),
  });
  const onlooker = taker({ mux: Mux }, 'onlooker');
  const plugins = [govppPlugin(), desiredStatePlugin, etcdPlugin, onlooker.plugin];
  const agent = await createAgent({ plugins, log, env: {}, configDir });
  onTestFinished(() => agent.close());
  await agent.start();
  const client = agent.operations.open({ name: 'test', access: 'write' });
  /** The plugin's part of the status board. */
  const part = () => agent.status.status.parts.find(({ name }) => name === 'etcd');
  const loopbacks = async () => {
    const channel = onlooker.taken().mux.channel();
    const all = await channel.dump('sw_interface_dump', { sw_if_index: 0xffffffff }).toArray();
    channel.close();
    return all.map(({ interface_name }) => interface_name as string).filter((name) => name.startsWith('loop'));
  };
  return { agent, client, text, stateDir, mock: vpp, loopbacks, configDir, part };
}

/** The store, as a driver sees it. */
export function driverOf(store: FleetStore) {
  const assign = async (text: string, generation: number, more: Partial<Assignment> = {}) => {
    const sha256 = await writeWish(store, keys, text);
    const value = JSON.stringify({ generation, wishes: { main: sha256 }, ...more });
    await store.transact({
      success: [
        { put: keys.assignment('a'), value },
        { put: keys.latest, value: String(generation) },
      ],
    });
  };
  const says = (state: object | undefined) => {
    const read = async () => {
      const kv = await store.get(keys.state('a')).catch(() => undefined);
      return kv && JSON.parse(kv.value.toString());
    };
    const poll = expect.poll(read, { interval: 20 });
    return state === undefined ? poll.toBeUndefined() : poll.toMatchObject(state);
  };
  return { store, assign, says };
}

export function etcdDriver(endpoints: readonly string[]) {
  const store = new EtcdClient({ endpoints: [...endpoints], connectTimeoutMs: 500 });
  onTestFinished(() => store.close());
  return driverOf(store);
}
