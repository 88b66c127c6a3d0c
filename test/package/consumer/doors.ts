// Compiled where the packed file is installed, strictly and without skipLibCheck: every door, and what is typed by others.
import { createConnection, loadSchema, newAPIChannel, traceLines } from 'vppmux';
import { createAgent, runAgent } from 'vppmux/agent';
import { builtIns } from 'vppmux/built-ins';
import { startMock } from 'vppmux/mock';
import { definePlugin, Http, Log } from 'vppmux/plugin';
import { connectRemote, RetvalError, type SharedConnection } from 'vppmux/remote';
import { openStats, type StatsEntry, StatsError } from 'vppmux/stats';
import { bridgeDomains, type FibEntry, interfaces, ObjectError, routes } from 'vppmux/vpp';
import { type Verdict, validateWish } from 'vppmux/wish';

/** A route of fastify, a WebSocket of ws, a child of a pino logger. */
export const board = definePlugin({
  name: 'board',
  version: '1.0.0',
  agentApi: 1,
  requires: { http: Http, log: Log },
  create({ http, log }) {
    http.server.get('/board', { config: { access: 'open', cost: 2 } }, async (request) => ({ of: request.ip }));
    http.socket('/board/live', (socket, request, caller) => {
      socket.on('message', (data, isBinary) => socket.send(`${String(data).length} ${isBinary} ${request.url}`));
      log.child({ caller: caller.local }).info(`${socket.bufferedAmount}`);
    });
    return {};
  },
});

export async function everything(): Promise<void> {
  const agent = await createAgent({ builtIns, plugins: [builtIns.govpp, board] });
  const mock = await startMock({ socket: '/tmp/vpp.sock' });
  const vpp = createConnection({ socket: mock.socket });
  const list = newAPIChannel(vpp).sendMultiRequest('sw_interface_dump');
  for (let next = await list.receiveReply(); !next.stop; next = await list.receiveReply())
    console.log(next.message.flags);
  const bytes: Uint8Array = (await loadSchema('/usr/share/vpp/api')).message('show_version').encode({ context: 1 });
  for (const line of traceLines(vpp, [])) console.log(line, bytes, agent.plugins, runAgent);
}

export async function objects(): Promise<FibEntry[]> {
  const channel = createConnection().channel();
  const { interface: itf, changed } = await interfaces.setAdminUp(channel, 'loop0', true, { timeoutMs: 500 });
  const { bridgeDomain } = await bridgeDomains.add(channel, { interfaces: [itf.swIfIndex], bvi: itf.name, macAge: 5 });
  console.log(changed, itf.mac, bridgeDomain.members[0]?.shg, bridgeDomain.bvi?.name);
  const { done } = await routes.add(channel, [{ prefix: '10.0.0.0/24', paths: [{ interface: 'loop0', weight: 2 }] }]);
  console.log(done, channel.has('acl_dump') === true);
  try {
    return (await routes.list(channel, { within: '10.0.0.0/8' })).routes;
  } catch (error) {
    throw error instanceof ObjectError ? (error.nearest?.[0] ?? error.code) : error;
  }
}

export async function counters(): Promise<StatsEntry | undefined> {
  const stats = openStats({ socket: '/run/vpp/stats.sock', ways: ['koffi', 'python3'] });
  try {
    for await (const { rates, restarted } of stats.watch('^/if/', { interval: 500 }))
      console.log(rates.get('/if/rx')?.packetsPerSecond?.[0], restarted);
    return await stats.get('/if/rx');
  } catch (error) {
    throw error instanceof StatsError ? error.ways?.koffi : error;
  }
}

/** The same code over VPP's own socket and over an agent. */
export async function overBoth(): Promise<number> {
  const remote = await connectRemote({ url: 'https://lab.example.net:9191', token: 'sesame' });
  const all: SharedConnection[] = [remote, createConnection()];
  let up = 0;
  for (const vpp of all) for await (const { flags } of vpp.channel().dump('sw_interface_dump')) up += Number(flags) & 1;
  try {
    await remote.call(
      'interface.set-state',
      { interface: 'loop0', up: true },
      { progress: ({ done }) => console.log(done) },
    );
  } catch (error) {
    if (error instanceof RetvalError) console.log(error.reason);
  }
  for await (const { seconds, entries } of remote.counters(['^/if/'])) return seconds + entries.length + up;
  return up;
}

export const verdict: Verdict = validateWish('loopbacks:\n  loop0: { mtu: 1500 }\n');
