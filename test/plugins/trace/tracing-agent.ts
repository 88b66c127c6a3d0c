/** An agent whose messages are shown, connected to a mock. */

import { expect, onTestFinished, vi } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { VppConnection } from '../../../src/mux/connection/connection.js';
import type { ConnectOptions } from '../../../src/mux/index.js';
import { TracedLink } from '../../../src/mux/trace/traced-link.js';
import { govppPlugin } from '../../../src/plugins/govpp/plugin.js';
import { httpPlugin } from '../../../src/plugins/http/plugin.js';
import { tracePlugin } from '../../../src/plugins/trace/plugin.js';
import { Http } from '../../../src/sdk/http.js';
import { Mux } from '../../../src/sdk/mux.js';
import { recordingLog, taker } from '../../agent/support.js';
import { testMock } from '../../support/mock.js';

/** `settings` are those of trace.conf, `httpSettings` those of http.conf. */
export async function tracingAgent(
  settings: Record<string, unknown> = { enabled: true },
  httpSettings: Record<string, unknown> = {},
  configDir?: string,
) {
  const mock = await testMock();
  const user = taker({ mux: Mux, http: Http });
  let vpp: VppConnection | undefined;
  const connection = (options: ConnectOptions) => {
    vpp = new VppConnection(options);
    return vpp;
  };
  const isTraced = () => vpp?.core.supervisor.life.session?.link instanceof TracedLink;
  const { log, text } = recordingLog('info');
  const agent = await createAgent({
    plugins: [govppPlugin(connection), httpPlugin, tracePlugin, user.plugin],
    log,
    env: {},
    configDir,
    settings: {
      govpp: { 'binapi-socket-path': mock.socket, 'health-check-probe': 'none' },
      http: { endpoint: '127.0.0.1:0', ...httpSettings },
      trace: settings,
    },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const { mux, http } = user.taken();
  await mux.ready();
  await vi.waitFor(() => expect(mux.status.pid).toBeDefined());
  return {
    agent,
    mock,
    text,
    isTraced,
    mux,
    url: http.url!,
    ask: (name: string) => mux.channel().request(name),
  };
}
