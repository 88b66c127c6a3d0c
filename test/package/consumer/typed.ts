// Compiled where the packed file is installed, strictly and without skipLibCheck: the messages of each release.
import { type Channel, connect, createConnection, type Untyped } from 'vppmux';
import { interfaces } from 'vppmux/vpp';
import type { Messages as Messages2210 } from 'vppmux/vpp-22.10';
import type { Messages as Messages2310 } from 'vppmux/vpp-23.10';
import type { Messages as Messages2510 } from 'vppmux/vpp-25.10';
import type { Messages } from 'vppmux/vpp-26.06';

export async function versions(): Promise<string[]> {
  const channels: readonly (
    | Channel<Messages>
    | Channel<Messages2510>
    | Channel<Messages2310>
    | Channel<Messages2210>
  )[] = [
    (await connect<Messages>()).channel(),
    createConnection<Messages2510>().channel(),
    createConnection<Messages2310>().channel(),
    createConnection<Messages2210>().channel(),
  ];
  const untyped: readonly Channel<Untyped>[] = channels;
  return Promise.all(untyped.map(async (channel) => String((await channel.request('show_version')).version)));
}

export async function up(channel: Channel<Messages2510>): Promise<number> {
  const reply = await channel.request('sw_interface_set_flags', { sw_if_index: 1, flags: ['ADMIN_UP'] });
  for await (const itf of channel.dump('sw_interface_dump')) console.log(itf.interface_name.length, itf.mtu[0]);
  console.log((await interfaces.list(channel)).length);
  // @ts-expect-error: no such message
  channel.request('show_versio');
  return reply.retval;
}
