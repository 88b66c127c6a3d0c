/** A fleet in a folder that the processes of one machine share; docs/decisions/0017. On a local file system: not over NFS. */

import { FolderStore } from './folder/folder-store.js';
import type { FleetStore } from './store.js';

export interface FolderOptions {
  /** Makes folder and store where they are not there. Default true; false: STORE_AWAY is thrown. */
  readonly create?: boolean;
}

/** @throws StoreError */
export function openFolderStore(folder: string, { create = true }: FolderOptions = {}): Promise<FleetStore> {
  return FolderStore.open(folder, { create });
}
