import { definePlugin, duration, Log, Mux, Status, z } from 'vppmux/plugin';
import type { Messages } from 'vppmux/vpp-26.06';

/** Lists VPP's interfaces in the log, at intervals when they have changed, and logs their events. */
export default definePlugin({
  name: 'interface-lister',
  version: '1.0.0',
  agentApi: 1,
  description: 'Lists the interfaces of VPP in the log, with what happens to them: an example.',
  requires: { mux: Mux, log: Log, status: Status },
  config: z.object({ every: duration().default('10s').describe('Time between two looks') }), // interface-lister.conf
  create({ mux, log, status }, { every }) {
    const vpp = mux.channel<Messages>();
    const isUp = (flags: number) => (flags & 1 ? 'up' : 'down');
    let before = '';
    const list = async () => {
      const found = await vpp.dump('sw_interface_dump').toArray();
      const now = found.map((itf) => `${itf.interface_name} (${isUp(itf.flags)})`).join(', ');
      if (now !== before) log.info(`interfaces: ${now}`);
      before = now;
      status.ok();
    };
    const follow = async () => {
      for await (const item of vpp.events('sw_interface_event')) {
        const isNew = 'gap' in item || 'resync' in item; // events were lost, or VPP is another one
        if (isNew) before = '';
        if (isNew) await list();
        else log.info(`interface ${item.sw_if_index} is ${item.deleted ? 'deleted' : isUp(item.flags)}`);
      }
    };
    const failed = (error: Error) => status.degraded(error.message);
    const timer = setInterval(() => list().catch(failed), every);
    mux.ready().then(list).catch(failed);
    follow().catch(failed);
    return { close: () => clearInterval(timer) };
  },
});
