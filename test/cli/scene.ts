/** A mock with something of everything, and an agent on it: what the captures show. */

import { onTestFinished } from 'vitest';
import { createAgent } from '../../src/agent/boot/create-agent.js';
import { gatewayPlugin } from '../../src/plugins/gateway/plugin.js';
import { govppPlugin } from '../../src/plugins/govpp/plugin.js';
import { httpPlugin } from '../../src/plugins/http/plugin.js';
import { operationsPlugin } from '../../src/plugins/operations/plugin.js';
import { tracePlugin } from '../../src/plugins/trace/plugin.js';
import { Http } from '../../src/sdk/http.js';
import { Mux } from '../../src/sdk/mux.js';
import { recordingLog, taker } from '../agent/support.js';
import { testMock } from '../support/mock.js';

/** Wide characters, marks, an escape sequence: anyone may name an interface so. */
export const ODD_TAG = '接口-e\u0301-\u001b[31mred';

const RULES = [1, 0].map((is_permit) => ({
  is_permit,
  src_prefix: '192.0.2.0/24',
  dst_prefix: '198.51.100.0/24',
  proto: 6,
  dstport_or_icmpcode_first: 443,
  dstport_or_icmpcode_last: 443,
}));

const via = (ip4: string) => ({ sw_if_index: 1, weight: 1, nh: { address: { ip4 } } });

export async function scene() {
  const mock = await testMock();
  const user = taker({ mux: Mux, http: Http });
  const agent = await createAgent({
    plugins: [govppPlugin(), httpPlugin, gatewayPlugin, operationsPlugin, tracePlugin, user.plugin],
    log: recordingLog('info').log,
    env: {},
    settings: {
      govpp: { 'binapi-socket-path': mock.socket, 'health-check-probe': 'none' },
      http: { endpoint: '127.0.0.1:0' },
      trace: { enabled: true, ring: 100 },
    },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const { mux, http } = user.taken();
  await mux.ready();
  const channel = mux.channel();
  for (let loop = 0; loop < 2; loop += 1) await channel.request('create_loopback', {});
  await channel.request('sw_interface_set_flags', { sw_if_index: 1, flags: 1 });
  await channel.request('sw_interface_tag_add_del', { is_add: true, sw_if_index: 2, tag: ODD_TAG });
  await channel.request('acl_add_replace', { acl_index: 0xffffffff, tag: 'web', r: RULES });
  for (const [prefix, ...hops] of [
    ['10.1.0.0/16', '10.0.0.2'],
    ['10.2.0.0/16', '10.0.0.2', '10.0.0.3', '10.0.0.4'],
  ]) {
    await channel.request('ip_route_add_del_v2', { is_add: true, route: { prefix, paths: hops.map(via) } });
  }
  await channel.request('show_version');
  return { env: { VPP_API_SOCKET: mock.socket }, agentUrl: http.url ?? '', mock };
}
