import { onTestFinished } from 'vitest';
import { createAgent, createLog } from '../../src/agent/index.js';
import { builtIns } from '../../src/plugins/index.js';
import { ownApiDir, ownSchema } from '../support/mock.js';
import { RawClient } from '../support/raw-client.js';
import { pythonMissing } from '../support/tools.js';
import { checked, commands, settings } from './claims.js';
import { testDocument } from './document.js';
import { runPython } from './foreign.js';
import { TOKEN, type World } from './world.js';

/** The proxies of the documents by their worlds: agents of the same plugins. */
const proxies = new WeakMap<World, { readonly url: string; readonly firstClient: () => string }>();

/** Listens at api.sock in the folder of the world, for the time of one test, with a client. */
async function serve(world: World): Promise<void> {
  const { govpp, policy, 'api-socket': apiSocket, http, health, gateway } = builtIns;
  const path = `${world.folder}/api.sock`;
  const agent = await createAgent({
    plugins: [govpp, policy, apiSocket, http, health, gateway],
    settings: {
      govpp: { 'binapi-socket-path': world.socket },
      'api-socket': { sockets: [{ path }] },
      http: { endpoint: '127.0.0.1:0', 'write-token': TOKEN },
    },
    log: createLog({ pretty: false, level: 'silent', stream: { write: () => {} } }),
    env: {},
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const client = await RawClient.connect(path, await ownSchema(), 'gopher');
  onTestFinished(() => client.close());
  const { url } = agent.status.status.details.http as { readonly url: string };
  const shown = agent.operations.open({ name: 'document', access: 'read' });
  const { clients } = (await shown.call('clients.list', {})) as {
    readonly clients: readonly { readonly id: number }[];
  };
  proxies.set(world, { url, firstClient: () => String(clients[0].id) });
}

const toProxy = (world: World): [string | RegExp, string][] => {
  const proxy = proxies.get(world);
  return [
    ['localhost:9191', proxy?.url ?? ''],
    ['vppmux clients', `VPPMUX_TOKEN=${TOKEN} vppmux clients --agent ${proxy?.url}`],
    [/kill --agent (\S+) 1\b/g, `kill --agent $1 ${proxy?.firstClient()}`],
    ['kill 1', `kill ${proxy?.firstClient()}`],
  ];
};

testDocument('docs/api-socket.md', [
  commands('vppmux proxy --upstream', {
    on: 'nothing',
    replace: [['127.0.0.1:9191', '127.0.0.1:0']],
    endless: { 'vppmux mock': { until: 'listens on' }, 'vppmux proxy': { until: "VPP's clients can use" } },
  }),
  commands('curl -s localhost:9191/clients', { on: 'mock', before: serve, replace: toProxy }),
  checked('vpp_papi import', {
    on: 'mock',
    excuse: pythonMissing('vpp_papi'),
    before: serve,
    replace: [['/usr/share/vpp/api', ownApiDir]],
    check: runPython,
  }),
  settings('path: /run/vpp/api.sock, group: vpp', { file: 'api-socket.conf' }),
  settings('role: tenant', { file: 'api-socket.conf' }),
  commands('vppmux clients drain', { on: 'mock', before: serve, replace: toProxy }),
]);
