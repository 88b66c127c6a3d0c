/** The door for the command line: how the built-in plugins read their configuration, and metrics. Nothing here is promised to users. */

export { handedOverNames } from './api-socket/handed-over.js';
export { type DirectCaptures, directCaptures } from './capture/direct-captures.js';
export { etcdConfig, isOff as isEtcdOff } from './etcd/config.js';
export { openStore as openEtcdStore } from './etcd/open-store.js';
export {
  configOf,
  connectOptions,
  dataplaneNames,
  type GovppConfig,
  govppConfig,
  OBSOLETE as govppObsolete,
  otherDataplanes,
} from './govpp/config.js';
export { httpConfig } from './http/config.js';
export { metricText } from './metrics/metric-text.js';
