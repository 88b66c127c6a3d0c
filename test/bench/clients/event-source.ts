/**
 * A mock of VPP that sends events. It is told by lines how many, and how many in a second: `100 10`; each line is answered when
 * all of them are sent.
 *
 * usage: node event-source.js SOCKET
 */
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { startMock } from '../../../mock-vpp/index.js';

const [socket] = process.argv.slice(2);
const mock = await startMock({ socket });
console.log('"listening"');
for await (const line of createInterface({ input: process.stdin })) {
  const [count, perSecond] = line.split(' ').map(Number);
  const begun = performance.now();
  for (let at = 0; at < count; at++) {
    mock.emit('sw_interface_event', { sw_if_index: at, flags: 3, deleted: false });
    await delay(begun + ((at + 1) * 1000) / perSecond - performance.now());
  }
  console.log('"sent"');
}
