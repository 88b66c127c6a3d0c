import { createAgent, createLog } from '../../src/agent/index.js';
import { builtIns } from '../../src/plugins/index.js';
import { definePlugin, Mux } from '../../src/sdk/index.js';
import { directoryWith } from '../agent/support.js';
import { blocksOf } from './blocks.js';
import { compiles, settings, shown } from './claims.js';
import { testDocument } from './document.js';
import type { World } from './world.js';

const FILE = 'docs/policy.md';
const RULES = blocksOf(FILE).find(({ language }) => language === 'yaml')!.text;

/** The policy's part of `/status` when lab-1 has tried to write a thousand times. */
async function refusals({ socket }: World): Promise<string> {
  const lab = definePlugin({
    name: 'lab-1',
    version: '1.0.0',
    agentApi: 1,
    requires: { mux: Mux },
    create: ({ mux }) => ({
      async afterInit() {
        await mux.ready();
        const channel = mux.channel();
        const tries = Array.from({ length: 1000 }, () => channel.request('create_loopback', {}));
        await Promise.allSettled(tries);
      },
    }),
  });
  const configDir = directoryWith({ 'policy.yaml': RULES, 'govpp.conf': `binapi-socket-path: ${socket}\n` });
  const log = createLog({ pretty: false, level: 'silent', stream: { write: () => {} } });
  const agent = await createAgent({
    builtIns,
    plugins: [builtIns.govpp, builtIns.policy, lab],
    configDir,
    log,
    env: {},
  });
  try {
    await agent.start();
    return JSON.stringify(agent.status.status.details.policy);
  } finally {
    await agent.close();
  }
}

testDocument(FILE, [
  compiles("access: 'read'", {
    before: "import { connect } from 'vppmux';\nconst vpp = await connect();",
    replace: [['{ … }', '{ sw_if_index: 1 }']],
  }),
  settings('lab-*', { file: 'policy.yaml' }),
  shown('"refusedBy"', { on: 'mock', actual: refusals }),
]);
