/** `vppmux packet-trace` and `vppmux pcap`: at VPP's socket, and by an agent. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { kinds, type MockVpp } from '../../../mock-vpp/index.js';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { flowOfFrame } from '../../../src/plugins/capture/frame-flow.js';
import { packetsOf } from '../../../src/plugins/capture/pcap-file.js';
import { builtIns } from '../../../src/plugins/index.js';
import { Http } from '../../../src/sdk/http.js';
import { Mux } from '../../../src/sdk/mux.js';
import { recordingLog, taker } from '../../agent/support.js';
import { testMock, until } from '../../support/mock.js';
import { cli, startCli } from '../run-cli.js';

const TOKEN = 'a-token-that-may-write-0123456789';

/** A mock with two interfaces, whose traffic passes while a command waits. */
async function trafficking(): Promise<MockVpp> {
  const mock = await testMock({ traffic: { packetsPerSecond: 1000 }, updateMs: 20 });
  for (let i = 0; i < 2; i++) mock.dataplane.addLoopback({ up: true });
  return mock;
}

/** How a command reaches the mock: words and environment. */
const WAYS = {
  'at the socket': async (mock: MockVpp) => ({ words: ['--socket', mock.socket], env: {} }),
  'by an agent': async (mock: MockVpp) => {
    const user = taker({ mux: Mux, http: Http });
    const agent = await createAgent({
      plugins: [builtIns.govpp, builtIns.http, builtIns.gateway, builtIns.capture, user.plugin],
      log: recordingLog('info').log,
      env: {},
      settings: {
        govpp: { 'binapi-socket-path': mock.socket, 'health-check-probe': 'none' },
        http: { endpoint: '127.0.0.1:0', 'write-token': TOKEN },
      },
    });
    onTestFinished(() => agent.close());
    await agent.start();
    const { mux, http } = user.taken();
    await mux.ready();
    return { words: ['--agent', http.url ?? ''], env: { VPPMUX_TOKEN: TOKEN } };
  },
};

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'vppmux-pcap-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const isIdle = (mock: MockVpp) =>
  mock.dataplane.of(kinds.packetTraces).threads().flat().length === 0 &&
  mock.dataplane.of(kinds.pcaps).capture === undefined &&
  mock.dataplane.of(kinds.traceFilters).expression === undefined;

describe.each(Object.entries(WAYS))('%s', (_, reach) => {
  it('packet-trace: as many packets as asked for, as trees on a terminal', async () => {
    const mock = await trafficking();
    const { words, env } = await reach(mock);
    const { code, lines, stderr } = await cli(['packet-trace', '-n', '2', '--proto', 'udp', ...words], {
      env,
      terminal: 120,
    });
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/traces at .*tap-input.*; Ctrl-C ends it\nvppmux: 2 packets\n$/),
    ]);
    expect(lines[0]).toMatch(
      /^packet 1 {2}\d\d:\d\d:\d\d:\d{6} {2}thread 0 {2}udp 198\.18\.\d\.\d+:\d+ -> 198\.19\.\d\.\d+:53/,
    );
    expect(lines[1]).toMatch(/^├─ tap-input +\+0 µs$/);
    expect(lines.filter((line) => line.startsWith('└─'))).toHaveLength(2);
    await until(() => isIdle(mock));
  });

  it('packet-trace: while a command runs, whose failure is told; packets as JSON in a pipe', async () => {
    const mock = await trafficking();
    const { words, env } = await reach(mock);
    const run = ['packet-trace', '--through', 'loop1-tx', ...words, '--', 'sh', '-c', 'echo spoken; sleep 2; exit 3'];
    const { code, lines, stderr } = await cli(run, { env });
    expect(code).toBe(1);
    expect(stderr).toContain('spoken\n');
    expect(stderr).toContain('vppmux: sh has ended with 3\n');
    const packets = lines.map((line) => JSON.parse(line));
    expect(packets.length).toBeGreaterThan(0);
    for (const { nodes } of packets) expect(nodes.at(-1).node).toBe('loop1-tx');
    await until(() => isIdle(mock));
  });

  it('packet-trace: until Ctrl-C; what was traced is shown, and undone', async () => {
    const mock = await trafficking();
    const { words, env } = await reach(mock);
    const run = startCli(['packet-trace', '-n', '900', '--filter', 'icmp', ...words], { env });
    await run.seen('Ctrl-C ends it');
    await until(() => mock.dataplane.of(kinds.packetTraces).threads()[0].length > 3);
    run.signal('SIGINT');
    expect(await run.exit).toBe(0);
    expect(run.stdout.trim().split('\n').length).toBeGreaterThan(3);
    expect(isIdle(mock)).toBe(true);
  });

  it('pcap: into a file, in one direction and with a filter, until all packets are there', async () => {
    const mock = await trafficking();
    const { words, env } = await reach(mock);
    const file = join(folder(), 'x.pcap');
    const run = ['pcap', '-i', 'loop0', '--rx', '--proto', 'tcp', '--bytes', '100', '-n', '30', '-w', file, ...words];
    const { code, stderr } = await cli(run, { env });
    expect([code, stderr]).toEqual([0, expect.stringContaining(`vppmux: 30 packets in ${file}\n`)]);
    const packets = packetsOf(readFileSync(file));
    expect(packets).toHaveLength(30);
    for (const packet of packets) {
      expect(packet.length).toBe(116);
      expect(flowOfFrame(packet.subarray(16))).toMatchObject({ protocol: 'tcp', destinationPort: 443 });
    }
    expect(isIdle(mock)).toBe(true);
    expect(readdirSync('/tmp').filter((name) => /^vppmux-[0-9a-f]{16}-/.test(name))).toEqual([]);
  });

  it('pcap: to standard output, until Ctrl-C', async () => {
    const mock = await trafficking();
    const { words, env } = await reach(mock);
    const run = startCli(['pcap', '-w', '-', ...words], { env });
    await run.seen(() => run.stdout.length > 1000);
    run.signal('SIGINT');
    expect(await run.exit).toBe(0);
    expect(run.stderr).toMatch(/captures, until Ctrl-C or .*\nvppmux: \d+ packets\n$/);
    expect(isIdle(mock)).toBe(true);
  });

  it('pcap: onto a disk that is full: says so, and is undone', async () => {
    const mock = await trafficking();
    const { words, env } = await reach(mock);
    const { code, stderr } = await cli(['pcap', '-w', '/dev/full', ...words], { env });
    expect([code, stderr]).toEqual([70, expect.stringMatching(/-w \/dev\/full: .*ENOSPC.*; the capture has ended\n$/)]);
    expect(isIdle(mock)).toBe(true);
  });

  it('while another has it: says who, with exit code 1', async () => {
    const mock = await trafficking();
    const { words, env } = await reach(mock);
    const first = startCli(['packet-trace', '-n', '900', '--proto', 'sctp', ...words], { env });
    await first.seen('Ctrl-C ends it');
    const { code, stderr } = await cli(['pcap', '-w', join(folder(), 'x.pcap'), ...words], { env });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/has a packet trace of this VPP since .* until .*one at a time is possible/),
    ]);
    first.signal('SIGINT');
    expect(await first.exit).toBe(0);
  });
});

it.each([
  [['pcap'], /needs a place to write to/],
  [['pcap', '-w', '/nowhere/x.pcap', '--socket', '/nowhere/api.sock'], /api\.sock/],
  [['packet-trace', '--port', '70000'], /a number from 0 to 65535/],
  [['packet-trace', '--agent', 'http://127.0.0.1:1', '--socket', '/x'], /give one of them/],
])('%j: is refused', async (words, text) => {
  const { code, stderr } = await cli(words);
  expect([code === 0, stderr]).toEqual([false, expect.stringMatching(text)]);
});

it('pcap to a terminal: is refused', async () => {
  expect(await cli(['pcap', '-w', '-'], { terminal: 80 })).toMatchObject({
    ...{ code: 2, stderr: expect.stringContaining('nothing to look at on a terminal') },
  });
});
