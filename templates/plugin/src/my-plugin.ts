import { definePlugin, duration, gauge, implement, Log, Metrics, Mux, operation, Status, z } from 'vppmux/plugin';
import type { Messages } from 'vppmux/vpp-26.06';

/** An operation, which programs, other plugins and the command line can call. */
export const count = operation({
  name: 'my-plugin.count',
  access: 'read',
  summary: 'Count the interfaces of VPP',
  input: z.object({ state: z.enum(['up', 'down', 'any']).default('any').describe('Which ones') }),
  output: z.object({ count: z.int().describe('How many there are') }),
  arguments: ['state'],
});

export default definePlugin({
  name: 'my-plugin',
  version: '0.1.0',
  agentApi: 1,
  description: 'Counts the interfaces of VPP: every so often, and when asked to.',
  requires: { mux: Mux, log: Log, status: Status },
  contributes: { metrics: Metrics },
  config: z.object({ every: duration().default('10s').describe('Time between two looks at VPP') }),
  create({ mux, log, status }, { every }) {
    const vpp = mux.channel<Messages>({ access: 'read' });
    const interfaces = (signal: AbortSignal) => vpp.dump('sw_interface_dump', {}, { signal }).toArray();

    /** As it was at the last look; undefined while VPP is away. */
    let known: number | undefined;
    const look = async (signal: AbortSignal) => {
      if (mux.state !== 'ready') {
        known = undefined;
        return { state: 'degraded', reason: 'waiting for VPP' } as const;
      }
      const { length } = await interfaces(signal);
      if (length !== known) log.info(`${length} interfaces`);
      known = length;
      return { state: 'ok', reason: `${length} interfaces` } as const;
    };
    // Looks immediately and then at intervals, shows the result in /status, and ends with the plugin.
    let stop = () => {};
    const lookEvery = (everyMs: number) => {
      stop();
      stop = status.probe(look, { everyMs });
      every = everyMs;
    };
    lookEvery(every);

    return {
      operations: [
        implement(count, async ({ signal }, { state }) => {
          const all = await interfaces(signal);
          const wanted = all.filter(({ flags }) => state === 'any' || (flags & 1 ? 'up' : 'down') === state);
          return { count: wanted.length };
        }),
      ],
      // GET /metrics has it.
      contribute: { metrics: [gauge('my_plugin_interfaces', 'Interfaces of VPP', () => known)] },
      // VPP is there, for the first time or again: no need to wait for the next look.
      dataplane({ state }) {
        if (state !== 'down') lookEvery(every);
      },
      // my-plugin.conf has changed, and is right.
      configuration: ({ after }) => lookEvery(after.every),
    };
  },
});
