/**
 * Lists VPP's interfaces: the smallest useful client. No agent, no configuration file.
 *
 *   npm run build
 *   node dist/examples/list-interfaces.js                    (VPP's socket: VPP_API_SOCKET, else /run/vpp/api.sock)
 *
 * No VPP at hand? Run `npx vppmux mock --socket /tmp/vpp.sock` in another terminal, and set VPP_API_SOCKET=/tmp/vpp.sock.
 */

import { connect } from 'vppmux';
import type { Messages } from 'vppmux/vpp-26.06';

const vpp = await connect<Messages>({ socket: process.env.VPP_API_SOCKET, name: 'list-interfaces' });
try {
  const channel = vpp.channel();
  const { version } = await channel.request('show_version');
  console.log(`VPP ${version}`);

  for await (const itf of channel.dump('sw_interface_dump')) {
    const up = (itf.flags & 1) !== 0;
    console.log(`${itf.sw_if_index}  ${itf.interface_name}  ${up ? 'up' : 'down'}  ${itf.l2_address}`);
  }
} finally {
  await vpp.close();
}
