/** An agent with the dashboard, connected to a mock. */

import { onTestFinished } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import type { Plugin } from '../../../src/agent/plugin/plugin.js';
import { builtIns } from '../../../src/plugins/built-ins.js';
import { Http } from '../../../src/sdk/http.js';
import { Mux } from '../../../src/sdk/mux.js';
import { recordingLog, taker } from '../../agent/support.js';
import { testMock } from '../../support/mock.js';

const {
  govpp,
  'api-socket': apiSocket,
  http,
  health,
  trace,
  gateway,
  operations,
  stats,
  capture,
  dashboard,
} = builtIns;

/** Settings of the plugins, by their names. */
export type Settings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** `more`: further plugins. */
export async function dashboardAgent(
  settings: Settings = {},
  given?: Awaited<ReturnType<typeof testMock>>,
  more: readonly Plugin[] = [],
) {
  const mock = given ?? (await testMock());
  const user = taker({ mux: Mux, http: Http });
  const { log, text } = recordingLog('info');
  const agent = await createAgent({
    plugins: [
      govpp,
      apiSocket,
      http,
      health,
      trace,
      gateway,
      operations,
      stats,
      capture,
      dashboard,
      ...more,
      user.plugin,
    ],
    log,
    env: {},
    settings: {
      ...settings,
      govpp: { 'binapi-socket-path': mock.socket, 'health-check-probe': 'none', ...settings.govpp },
      http: { endpoint: '127.0.0.1:0', ...settings.http },
    },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const { mux, http: server } = user.taken();
  await mux.ready();
  const { url } = server;
  if (url === undefined) throw new Error('the server does not listen');
  return { agent, mock, mux, url, text };
}
