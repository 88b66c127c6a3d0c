/** A fleet on etcd: its client is the store as it is. */

import { EtcdClient, type EtcdOptions, type LinkState } from '../../etcd/index.js';
import type { FleetStore } from './store.js';

/** @throws EtcdError BAD_OPTION */
export function etcdStore(options: EtcdOptions, onState?: (state: LinkState) => void): FleetStore {
  return new EtcdClient(options, onState);
}
