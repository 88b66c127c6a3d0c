/** An agent with the plugin remote on a mock. */

import { onTestFinished } from 'vitest';
import type { MockOptions } from '../../../mock-vpp/index.js';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import type { Plugin } from '../../../src/agent/plugin/plugin.js';
import { govppPlugin } from '../../../src/plugins/govpp/plugin.js';
import { healthPlugin } from '../../../src/plugins/health/plugin.js';
import { httpPlugin } from '../../../src/plugins/http/plugin.js';
import { policyPlugin } from '../../../src/plugins/policy/plugin.js';
import { remotePlugin } from '../../../src/plugins/remote/plugin.js';
import { Http } from '../../../src/sdk/http.js';
import { Mux } from '../../../src/sdk/mux.js';
import { recordingLog, taker } from '../../agent/support.js';
import { testMock } from '../../support/mock.js';

export interface RemoteOptions {
  readonly mock?: Partial<MockOptions>;
  readonly govpp?: Record<string, unknown>;
  readonly http?: Record<string, unknown>;
  readonly policy?: Record<string, unknown>;
  readonly remote?: Record<string, unknown>;
  readonly plugins?: readonly Plugin[];
  /** Folder of the configuration. */
  readonly configDir?: string;
  /** Whether there is a VPP. Default true. */
  readonly vpp?: boolean;
}

export const WRITES = { 'loopback-access': 'write' };
export const TOKENS = { 'read-token': 'r'.repeat(32), 'write-token': 'w'.repeat(32) };

export async function remote(options: RemoteOptions = {}) {
  const recorded = recordingLog('info');
  const mock = options.vpp === false ? undefined : await testMock(options.mock);
  const user = taker({ http: Http, mux: Mux });
  const agent = await createAgent({
    plugins: [
      govppPlugin(),
      policyPlugin,
      httpPlugin,
      healthPlugin,
      remotePlugin,
      ...(options.plugins ?? []),
      user.plugin,
    ],
    log: recorded.log,
    env: {},
    configDir: options.configDir,
    settings: {
      govpp: {
        'binapi-socket-path': mock?.socket ?? '/nowhere/api.sock',
        'health-check-probe': 'none',
        ...options.govpp,
      },
      http: { endpoint: '127.0.0.1:0', 'rate-limit': 0, ...options.http },
      policy: options.policy ?? {},
      remote: options.remote ?? {},
    },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const { http, mux } = user.taken();
  if (mock) await mux.ready();
  const { url = '' } = http;
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers });
  const post = (path: string, fields: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof fields === 'string' ? fields : JSON.stringify(fields),
    });
  return { ...recorded, agent, mock, http, mux, url, get, post };
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

// biome-ignore lint/suspicious/noExplicitAny: a test says what it expects
export const jsonOf = async (response: Response): Promise<any> => response.json();
