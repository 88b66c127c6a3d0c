/**
 * Costs of data listeners for a ping, each measured by turns with pings without listeners.
 *
 * usage: node listened.js SOCKET API_DIR [SLICES]
 * Prints one JSON line: the CPU time of a ping in microseconds, the least of many short slices, since machines are shared.
 */
import { type Channel, connect, type DataListener } from '../../../src/mux/index.js';
import { Audit } from '../../../src/plugins/policy/audit.js';
import { Policy } from '../../../src/plugins/policy/policy.js';

export interface Listened {
  /** Without a listener. */
  readonly none: number;
  /** After one has come and gone. */
  readonly left: number;
  /** With a policy of a hundred rules, of which none is about it. */
  readonly policy: number;
}

const WINDOW = 1024;
const SLICE = 12 * WINDOW;
const [socket, apiDir, count = '100'] = process.argv.slice(2);
const vpp = await connect({ socket, apiDir: apiDir === '-' ? undefined : apiDir, cacheDir: false });
const channel = vpp.channel({ requestBuffer: WINDOW });

async function pings(ch: Channel, n: number): Promise<void> {
  const loop = async () => {
    for (let i = 0; i < n / WINDOW; i++) await ch.request('control_ping', {});
  };
  await Promise.all(Array.from({ length: WINDOW }, loop));
}

const rules = Array.from({ length: 100 }, (_, i) => ({
  plugins: [`plugin-${i}`],
  messages: [`message_${i}_*`],
  action: 'refuse' as const,
}));
const policy = new Policy({ rules, default: 'allow' }, new Audit({ warn: console.error }));
const listener: DataListener = { request: () => undefined };

const least = { none: Infinity, left: Infinity, policy: Infinity };

async function slice(of: keyof Listened): Promise<void> {
  const before = process.cpuUsage();
  await pings(channel, SLICE);
  const { user, system } = process.cpuUsage(before);
  least[of] = Math.min(least[of], (user + system) / SLICE);
}

await pings(channel, 50 * SLICE);
for (let i = 0; i < Number(count); i++) {
  await slice('none');
  const stop = vpp.dataEvents.listen(policy);
  await slice('policy');
  stop();
  vpp.dataEvents.listen(listener)();
  await slice('left');
}
console.log(JSON.stringify(least satisfies Listened));
vpp.destroy();
