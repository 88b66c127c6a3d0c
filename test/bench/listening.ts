/** Cost of a ping when there may be data listeners, compared with a ping without any. */
import { client, type Group } from './bench.js';
import type { Listened } from './clients/listened.js';

export const LISTENING: Group = {
  title: 'data events: CPU time of a ping',
  benchmarks: [
    {
      name: 'data events',
      async run(setting) {
        const { socket, apiDir } = setting.server;
        const slices = setting.quick ? 20 : 200;
        const { none, left, policy } = await client<Listened>(setting, 'listened', [socket, apiDir, slices]);
        return [
          { name: 'ping that nobody listens to: CPU', unit: 'µs', value: none },
          { name: 'ping after a listener has left: CPU', unit: 'µs', value: left, yardstick: none },
          { name: 'ping with a policy of 100 rules: CPU', unit: 'µs', value: policy, yardstick: none },
        ];
      },
    },
  ],
};
