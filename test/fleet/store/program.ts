/**
 * Uses a store of a fleet in a process of its own. Arguments: `{ dir }` or `{ endpoints }` as JSON, and
 *   keep KEY SECONDS    keeps a key until it is killed
 *   lock NAME SECONDS   holds a lock until it is killed
 *   get KEY             says its value
 *   put KEY VALUE
 *   write KEY BYTES     counts at the key until it is killed, says each number that is written; BYTES: size of a file of the log
 *   count KEY TIMES     adds 1 to the number at the key, so many times
 */

import { EtcdClient } from '../../../src/etcd/index.js';
import { type FleetStore, openFolderStore } from '../../../src/fleet/index.js';
import { FolderStore } from '../../../src/fleet/store/folder/folder-store.js';
import { LOG_LIMITS } from '../../../src/fleet/store/folder/log-writer.js';

const [, , where, task, name, number] = process.argv;
const { dir, endpoints } = JSON.parse(where) as { dir: string; endpoints?: string[] };
const open = () =>
  task === 'write'
    ? FolderStore.open(dir, { limits: { ...LOG_LIMITS, fileBytes: Number(number) } })
    : openFolderStore(dir);
const store: FleetStore = endpoints ? new EtcdClient({ endpoints }) : await open();
const say = (line: string) => process.stdout.write(`${line}\n`);

if (task === 'keep') {
  const kept = store.keep({ ttlSeconds: Number(number) });
  kept.set(name, `of ${process.pid}`);
  await kept.settled();
  say('kept');
} else if (task === 'lock') {
  await store.lock(name, { ttlSeconds: Number(number) });
  say('locked');
} else if (task === 'get') {
  say(`value ${(await store.get(name))?.value}`);
  await store.close();
} else if (task === 'put') {
  await store.transact({ success: [{ put: name, value: number }] });
  say('put');
  await store.close();
} else if (task === 'write') {
  for (let i = 1; ; i++) {
    await store.transact({ success: [{ put: name, value: `${i}` }] });
    say(`wrote ${i}`);
  }
} else {
  let repeated = 0;
  for (let i = 0; i < Number(number); ) {
    const kv = await store.get(name);
    const { succeeded } = await store.transact({
      compare: [{ key: name, mod: kv?.modRevision ?? 0 }],
      success: [
        { put: name, value: `${Number(kv?.value.toString() ?? 0) + 1}` },
        { put: `${name}/of/${process.pid}/${i}`, value: '' },
      ],
    });
    if (succeeded) i++;
    else repeated++;
  }
  say(`counted, ${repeated} again`);
  await store.close();
}
