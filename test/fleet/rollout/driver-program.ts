/** Drives a fleet in a folder until it is killed. Arguments: the folder, and the name of the driver. */

import { Driver, FleetKeys, openFolderStore } from '../../../src/fleet/index.js';

const [, , dir, name] = process.argv;
const store = await openFolderStore(dir);
const say = (line: string) => process.stdout.write(`${line}\n`);
const driver = new Driver({
  ...{ store, keys: new FleetKeys(), name, ttlSeconds: 2 },
  onEvent: (event) => say(event.kind === 'state' ? `${event.state.state} ${event.state.wave}` : event.kind),
});
await driver.run(new AbortController().signal);
