/** Acts as other programs on a VPP while a document's command looks on. */

import { type Channel, connect, TraceRing, traceLines } from '../../src/mux/index.js';
import { TOKEN, type World } from './world.js';

async function withChannel<T>(socket: string, action: (channel: Channel) => Promise<T>): Promise<T> {
  const vpp = await connect({ socket, cacheDir: false });
  try {
    return await action(vpp.channel());
  } finally {
    await vpp.close();
  }
}

/** Sets an interface up or down by its index. */
export function setState({ socket }: World, sw_if_index: number, state: 'up' | 'down'): Promise<unknown> {
  return withChannel(socket, (channel) =>
    channel.request('sw_interface_set_flags', { sw_if_index, flags: state === 'up' ? 1 : 0 }),
  );
}

/** Down, and up again. */
export async function downAndUp(world: World): Promise<void> {
  await setState(world, 1, 'down');
  await setState(world, 1, 'up');
}

/** One operation of the agent. */
export async function call({ agent }: World, operation: string, input: object): Promise<string> {
  const response = await fetch(`http://${agent}/api/${operation}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  return response.text();
}

/** The trace file of what happens meanwhile; `only`: the lines of these messages, and the header. */
export async function traceOf(
  { socket }: World,
  action: (channel: Channel) => Promise<unknown>,
  only: (name: string | undefined) => boolean = () => true,
): Promise<string> {
  const ring = new TraceRing(1000);
  const vpp = await connect({ socket, cacheDir: false, trace: ring });
  try {
    await action(vpp.channel());
    const lines = [...traceLines(vpp, ring.entries())];
    return `${lines.filter((line) => only(JSON.parse(line).name)).join('\n')}\n`;
  } finally {
    await vpp.close();
  }
}

/** Lines for `route.add`. */
export function routes(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `10.${at >> 8}.${at & 255}.0/24 via 192.0.2.2 loop0`);
}
