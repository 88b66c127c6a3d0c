/**
 * Lists the interfaces of a VPP on another machine, through its agent, then follows their links until Ctrl-C.
 *
 *   npm run build
 *   VPPMUX_TOKEN=… node dist/examples/remote.js https://lab.example.net:9191        (default: the agent of this machine)
 *
 * In a browser the same code runs as it is, with the address of the page's agent and a token that the user gives.
 */

import { connectRemote } from 'vppmux/remote';
import type { Messages } from 'vppmux/vpp-26.06';

const [, , url = 'http://localhost:9191'] = process.argv;
const vpp = await connectRemote<Messages>({ url, token: process.env.VPPMUX_TOKEN });
process.once('SIGINT', () => void vpp.close());

const channel = vpp.channel();
for await (const itf of channel.dump('sw_interface_dump')) {
  const up = (itf.flags & 1) !== 0;
  console.log(`${itf.sw_if_index}  ${itf.interface_name}  ${up ? 'up' : 'down'}  ${itf.l2_address}`);
}
for await (const item of channel.events('sw_interface_event')) {
  if ('gap' in item) console.log(`${item.gap} events were lost`);
  else if ('resync' in item) console.log(`events may be missing: ${item.resync.reason}`);
  else console.log(`interface ${item.sw_if_index} is ${(item.flags & 1) !== 0 ? 'up' : 'down'}`);
}
