/** The plugin `metrics` on a mock: VPP's counters by profile, the listener in the place of VPP's exporter, and a VPP that dies. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { govppPlugin } from '../../../src/plugins/govpp/plugin.js';
import { httpPlugin } from '../../../src/plugins/http/plugin.js';
import { metricsPlugin } from '../../../src/plugins/metrics/plugin.js';
import { statsPlugin } from '../../../src/plugins/stats/plugin.js';
import { Http, Mux } from '../../../src/sdk/index.js';
import { directoryWith, recordingLog, taker } from '../../agent/support.js';
import { readExposition } from '../../support/exposition.js';
import { socketPath, testMock } from '../../support/mock.js';
import { needsTools } from '../../support/needs.js';
import { statsSocketOf } from '../stats/support.js';

async function serving(config: object = {}) {
  const socket = socketPath();
  const mock = await testMock({
    ...{ socket, stats: { socket: statsSocketOf(socket) }, traffic: { packetsPerSecond: 1000 }, updateMs: 0 },
    setup: (dataplane) => void dataplane.addLoopback({ up: true }),
  });
  const configDir = directoryWith({
    'govpp.conf': JSON.stringify({ 'binapi-socket-path': socket, 'health-check-probe': 'none' }),
    'http.conf': JSON.stringify({ endpoint: '127.0.0.1:0' }),
    'metrics.conf': JSON.stringify({ 'max-age': '0s', ...config }),
  });
  const user = taker({ http: Http, mux: Mux }, 'user');
  const { log, text } = recordingLog('info');
  const plugins = [govppPlugin(), httpPlugin, statsPlugin, metricsPlugin, user.plugin];
  const agent = await createAgent({ plugins, configDir, log, env: {} });
  onTestFinished(() => agent.close());
  await agent.start();
  const { http, mux } = user.taken();
  await mux.ready();
  return {
    ...{ agent, mock, mux, text },
    page: async (path = '/metrics') => (await http.server.inject(path)).body,
    configure(next: object) {
      writeFileSync(join(configDir, 'metrics.conf'), JSON.stringify(next));
      agent.reload();
    },
    /** Addresses of the listener so far, from the log. */
    exporters: () => [...text().matchAll(/vpp_prometheus_export at (\S+)/g)].map(([, url]) => url),
  };
}

describe('a VPP with a stats socket', needsTools('python3'), () => {
  it('the page: is one that Prometheus takes, with counters that move', async () => {
    const { mock, page } = await serving();
    mock.advance(2);
    const rx = (text: string) =>
      readExposition(text)
        .get('vpp_interface_rx_packets_total')
        ?.samples.find(({ labels }) => labels.interface === 'loop0')?.value;
    expect(rx(await page())).toBe(2000);
    mock.advance(1);
    const text = await page();
    expect(rx(text)).toBe(3000);
    expect(text).toContain('\nvpp_up 1\n');
    expect(text).toContain('\nvppmux_collector_up{collector="vpp"} 1\n');
  });

  it.each([
    ['vpp-v2', /^interfaces_rx_packets\{interface="loop0",index="0",thread="0"\} 2000$/m],
    ['vpp-v1', /^_interfaces_loop0_rx_packets\{thread="0",interface="0"\} 2000$/m],
    ['ligato', /^vpp_interfaces_rx_packets\{agent="vppmux",index="1",name="loop0"\} 2000$/m],
    ['calico', /^cni_projectcalico_vpp_rx_packets\{worker="0",.*vppInterfaceName="loop0"\} 2000$/m],
  ])('the profile %s: has them under its names', async (profile, line) => {
    const { mock, page } = await serving();
    mock.advance(2);
    expect(await page(`/metrics?profile=${profile}`)).toMatch(line);
  });

  it('a VPP that dies: no numbers of it, until it is back', async () => {
    const { mock, mux, page } = await serving();
    expect(await page()).toContain('\nvpp_up 1\n');
    mock.kill();
    await expect.poll(() => mux.state).toBe('backoff');
    const text = await page();
    expect(text.match(/^vpp_.*$/gm)).toEqual(['vpp_up 0']);
    expect(text).toContain('vppmux_collector_error_info{collector="vpp",error="');
    await mock.restart();
    await expect.poll(() => mux.state).toBe('ready');
    await expect.poll(async () => (await page()).match(/^vpp_up .*$/m)?.[0]).toBe('vpp_up 1');
  });

  it('the listener: off; on and off again by the configuration', async () => {
    const { page, configure, exporters } = await serving();
    expect(exporters()).toEqual([]);
    configure({ 'exporter-enabled': true, 'exporter-endpoint': '127.0.0.1:0', 'max-age': '0s' });
    await expect.poll(exporters).toHaveLength(1);
    const [url] = exporters();
    expect(await (await fetch(url)).text()).toMatch(/^sys_heartbeat \d+\.00\n/);
    expect(await page()).toContain('\nvpp_up 1\n');
    configure({});
    await expect.poll(() => fetch(url).catch(() => 'nobody')).toBe('nobody');
  });

  it('a port in use: is logged, and the agent runs on', async () => {
    const first = await serving({ 'exporter-enabled': true, 'exporter-endpoint': '127.0.0.1:0' });
    const endpoint = new URL(first.exporters()[0]).host;
    const { agent, text, page } = await serving({ 'exporter-enabled': true, 'exporter-endpoint': endpoint });
    expect(text()).toContain(`cannot listen on exporter-endpoint ${endpoint} of metrics.conf`);
    expect(agent.status.status.parts.find(({ name }) => name === 'metrics')?.state).toBe('degraded');
    expect(await page()).toContain('\nvpp_up 1\n');
  });
});

it.each(['^/if/(?=x)', '(', 'x{2}'])('the pattern %s: is refused, with why', async (pattern) => {
  const agent = createAgent({
    plugins: [govppPlugin(), httpPlugin, statsPlugin, metricsPlugin],
    settings: { http: { endpoint: '127.0.0.1:0' }, metrics: { 'export-patterns': [pattern] } },
    ...{ log: recordingLog().log, env: {} },
  }).then((made) => made.start());
  await expect(agent).rejects.toThrow(/export-patterns.*pattern /);
});
