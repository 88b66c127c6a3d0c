/** The stores that a fleet can be kept in, for tests that run the same on each. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EtcdClient } from '../../../src/etcd/index.js';
import { type FleetStore, openFolderStore } from '../../../src/fleet/index.js';
import { etcdMissing, startEtcd } from '../../support/etcd.js';

export interface StorePlace {
  /** Another process's view of the same store. */
  open(): Promise<FleetStore>;
  /** For a process of its own: what test/fleet/store/holder.mjs takes. */
  readonly where: { readonly dir: string } | { readonly endpoints: readonly string[] };
  close(): Promise<void>;
}

export interface KindOfStore {
  readonly name: string;
  readonly missing: string | undefined;
  make(): Promise<StorePlace>;
}

export const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'vppmux-fleet-'));

export const STORES: readonly KindOfStore[] = [
  {
    name: 'a folder',
    missing: undefined,
    async make() {
      const base = temporaryFolder();
      const dir = join(base, 'fleet');
      return {
        open: () => openFolderStore(dir),
        where: { dir },
        close: async () => rmSync(base, { recursive: true, force: true }),
      };
    },
  },
  {
    name: 'etcd',
    missing: etcdMissing(),
    async make() {
      const cluster = await startEtcd();
      return {
        open: async () => new EtcdClient({ endpoints: [...cluster.endpoints] }),
        where: { endpoints: cluster.endpoints },
        close: () => cluster.close(),
      };
    },
  },
];
