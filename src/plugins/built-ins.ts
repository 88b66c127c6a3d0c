/** The plugins that come with vppmux, by the short names that agent.yaml uses, in the order of its default. */

import { apiSocketPlugin } from './api-socket/plugin.js';
import { capturePlugin } from './capture/plugin.js';
import { dashboardPlugin } from './dashboard/plugin.js';
import { desiredStatePlugin } from './desired-state/plugin.js';
import { etcdPlugin } from './etcd/plugin.js';
import { gatewayPlugin } from './gateway/plugin.js';
import { govppPlugin } from './govpp/plugin.js';
import { healthPlugin } from './health/plugin.js';
import { httpPlugin } from './http/plugin.js';
import { metricsPlugin } from './metrics/plugin.js';
import { operationsPlugin } from './operations/plugin.js';
import { policyPlugin } from './policy/plugin.js';
import { remotePlugin } from './remote/plugin.js';
import { statsPlugin } from './stats/plugin.js';
import { tracePlugin } from './trace/plugin.js';

export const builtIns = {
  govpp: govppPlugin(),
  policy: policyPlugin,
  'api-socket': apiSocketPlugin,
  http: httpPlugin,
  health: healthPlugin,
  metrics: metricsPlugin,
  trace: tracePlugin,
  gateway: gatewayPlugin,
  remote: remotePlugin,
  operations: operationsPlugin,
  stats: statsPlugin,
  capture: capturePlugin,
  'desired-state': desiredStatePlugin,
  etcd: etcdPlugin,
  dashboard: dashboardPlugin,
  // The example: it uses the public door as any plugin does, and runs only where agent.yaml or --plugin lists it.
  'interface-lister': async () => (await import('../../examples/interface-lister/interface-lister.js')).default,
};
