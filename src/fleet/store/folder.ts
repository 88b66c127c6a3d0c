/** A fleet in a folder that the processes of one machine share; docs/decisions/0017. On a local file system: not over NFS. */

import { FolderStore } from './folder/folder-store.js';
import type { FleetStore } from './store.js';

/** Makes folder and store where they are not there. @throws StoreError */
export function openFolderStore(folder: string): Promise<FleetStore> {
  return FolderStore.open(folder);
}
