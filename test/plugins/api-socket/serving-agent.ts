/** An agent with API sockets over a mock, and clients of them. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import type { MockOptions } from '../../../mock-vpp/index.js';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { apiSocketPlugin } from '../../../src/plugins/api-socket/plugin.js';
import { gatewayPlugin } from '../../../src/plugins/gateway/plugin.js';
import { govppPlugin } from '../../../src/plugins/govpp/plugin.js';
import { healthPlugin } from '../../../src/plugins/health/plugin.js';
import { httpPlugin } from '../../../src/plugins/http/plugin.js';
import { metricsPlugin } from '../../../src/plugins/metrics/plugin.js';
import { policyPlugin } from '../../../src/plugins/policy/plugin.js';
import { statsPlugin } from '../../../src/plugins/stats/plugin.js';
import { ApiSockets } from '../../../src/sdk/api-sockets.js';
import { Http } from '../../../src/sdk/http.js';
import { Mux } from '../../../src/sdk/mux.js';
import { directoryWith, recordingLog, taker } from '../../agent/support.js';
import { ownSchema, socketPath, testMock } from '../../support/mock.js';
import { RawClient } from '../../support/raw-client.js';

export interface ServingOptions {
  /** Entries of `sockets`; `path` is filled in where there is none. Default: one with all defaults. */
  readonly sockets?: readonly Record<string, unknown>[];
  /** Further keys of api-socket.conf. */
  readonly conf?: Readonly<Record<string, unknown>>;
  /** policy.yaml. */
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly mock?: Partial<MockOptions>;
}

export const WRITE_TOKEN = 'write-token-of-the-test';

export async function servingAgent({ sockets = [{}], conf = {}, policy = {}, mock: mockOptions }: ServingOptions = {}) {
  const mock = await testMock(mockOptions);
  const entries = sockets.map((entry) => ({ ...(entry.systemd === undefined && { path: socketPath() }), ...entry }));
  const configDir = directoryWith({
    'api-socket.conf': stringify({ sockets: entries, ...conf }),
    'policy.yaml': stringify(policy),
    'http.conf': stringify({ endpoint: '127.0.0.1:0', 'write-token': WRITE_TOKEN }),
    'govpp.conf': stringify({ 'binapi-socket-path': mock.socket, 'health-check-probe': 'none' }),
  });
  const user = taker({ mux: Mux, http: Http, sockets: ApiSockets });
  const { log, text, lines } = recordingLog();
  const agent = await createAgent({
    plugins: [
      ...[
        govppPlugin(),
        policyPlugin,
        apiSocketPlugin,
        httpPlugin,
        healthPlugin,
        statsPlugin,
        metricsPlugin,
        gatewayPlugin,
      ],
      user.plugin,
    ],
    log,
    env: {},
    configDir,
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const taken = user.taken();
  await taken.mux.ready();
  const schema = await ownSchema();
  const operations = agent.operations.open({ name: 'test', access: 'write' });
  return {
    ...taken,
    ...{ agent, mock, text, lines, operations },
    /** Paths of the sockets, in the order of their entries. */
    paths: entries.map(({ path }) => String(path)),
    /** Writes another api-socket.conf, and lets the agent read it. */
    configure(next: Readonly<Record<string, unknown>>) {
      writeFileSync(join(configDir, 'api-socket.conf'), stringify(next));
      agent.reload();
    },
    async client(name?: string, path = String(entries[0].path)) {
      const client = await RawClient.connect(path, schema, name);
      onTestFinished(() => client.close());
      return client;
    },
    async get(path: string) {
      const response = await fetch(new URL(path, taken.http.url));
      return { status: response.status, text: await response.text() };
    },
  };
}
