/** An agent of a fleet that is tried, in this process, with a mock of VPP of its own. */

import { join } from 'node:path';
import type { Logger } from 'pino';
import { startMock } from '../../../../mock-vpp/index.js';
import { createAgent } from '../../../agent/index.js';
import { builtIns } from '../../../plugins/index.js';
import { definePlugin, Http } from '../../../sdk/index.js';
import { newFolder, removeIfEmpty } from '../../mock/mock-socket.js';

export interface DemoAgent {
  readonly label: string;
  /** Address of its dashboard. */
  readonly url: string;
  /** API socket of its mock. */
  readonly socket: string;
  close(): Promise<void>;
}

export interface DemoOptions {
  readonly label: string;
  /** The folder that holds the fleet. */
  readonly store: string;
  /** The folder of its wishes. */
  readonly state: string;
  readonly log: Logger;
}

export async function startDemoAgent({ label, store, state, log }: DemoOptions): Promise<DemoAgent> {
  const own = log.child({ agent: label });
  const folder = newFolder();
  const mock = await startMock({ socket: join(folder, 'api.sock') });
  const end = async () => {
    await mock.stop();
    removeIfEmpty(folder);
  };
  let url = '';
  const address = definePlugin({
    name: 'vppmux-fleet-demo',
    version: '1.0.0',
    agentApi: 1,
    requires: { http: Http },
    create: ({ http }) => ({
      async afterInit() {
        url = `${http.url}/ui/`;
      },
    }),
  });
  const { govpp, http, health, stats, metrics, gateway, operations, dashboard, etcd } = builtIns;
  try {
    const agent = await createAgent({
      plugins: [
        govpp,
        http,
        health,
        stats,
        metrics,
        gateway,
        operations,
        dashboard,
        builtIns['desired-state'],
        etcd,
        address,
      ],
      settings: {
        govpp: { 'binapi-socket-path': mock.socket },
        http: { endpoint: '127.0.0.1:0' },
        'desired-state': { 'state-dir': state },
        etcd: { dir: store, label, labels: { role: 'edge' }, drive: true, jitter: '100ms' },
      },
      env: {},
      log: own,
    });
    await agent.start();
    return { label, url, socket: mock.socket, close: () => agent.close().finally(end) };
  } catch (error) {
    await end();
    throw error;
  }
}
