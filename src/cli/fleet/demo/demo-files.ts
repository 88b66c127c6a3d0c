/** Files of wishes for a fleet that is tried: a group, and an agent with a wish of its own. */

import { join } from 'node:path';
import { makeFolders } from '../../../make-folders.js';
import { writeNew } from '../../init/write-new.js';

const FLEET = `# Agents of a group have these labels; each says its own in its etcd.conf. The wish of a group is defaults/GROUP.yaml.
groups:
  edge: { selector: { role: edge } }
batch: 1
`;
const EDGE = `# The wish of every agent of the group edge.
loopbacks:
  loop0: { mtu: 9000 }
x-vppmux:
  routes: |
    203.0.113.0/24 drop
`;
const ownWish = (number: number) => `# Its own wish goes above that of its groups.
loopbacks:
  loop0: { addresses: [ 192.0.2.${number}/32 ] }
`;

/** Writes them where they are not there yet. Gives their folder. */
export function writeDemoFiles(folder: string, labels: readonly string[]): string {
  const files = join(folder, 'files');
  const texts: Readonly<Record<string, string>> = {
    'fleet.yaml': FLEET,
    'defaults/edge.yaml': EDGE,
    ...Object.fromEntries(labels.slice(1).map((label, at) => [`agents/${label}.yaml`, ownWish(at + 2)])),
  };
  for (const part of ['agents', 'defaults']) makeFolders(join(files, part));
  for (const [file, text] of Object.entries(texts)) writeNew({ path: join(files, file), text, mode: 0o644 });
  return files;
}
