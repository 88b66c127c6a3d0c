/** A request that goes alone waits until VPP owes nobody an answer; a dump of a relayed client is over only when a ping says so. */
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ownSchema } from '../../support/mock.js';
import { RawClient } from '../../support/raw-client.js';
import { afterThis, world } from '../../support/world.js';

async function relayed() {
  const { mock, connection } = await world();
  const path = join(dirname(mock.socket), 'clients.sock');
  await connection.listen({ path });
  const client = async () => {
    const each = await RawClient.connect(path, await ownSchema());
    afterThis(() => each.close());
    return each;
  };
  return { mock, connection, client };
}

describe('a request that goes alone', () => {
  it('is sent when a client has a dump at VPP that no ping follows yet', async () => {
    const { client } = await relayed();
    const [dumping, other] = [await client(), await client()];
    dumping.post('sw_interface_dump');
    expect((await dumping.message()).name).toBe('sw_interface_details');
    expect(await other.ask('cli_inband', { cmd: 'show version' })).toMatchObject({ retval: 0 });
    expect(await dumping.answersOnlyPing()).toBe(true);
  });

  it('is sent when the ping of a dump comes behind it', async () => {
    const { client } = await relayed();
    const [dumping, other] = [await client(), await client()];
    dumping.post('sw_interface_dump');
    await dumping.message();
    const reply = other.ask('cli_inband', { cmd: 'show version' });
    const ping = dumping.answersOnlyPing();
    expect(await reply).toMatchObject({ retval: 0 });
    expect(await ping).toBe(true);
  });

  it('is sent when a client has left in the middle of a dump', async () => {
    const { client, connection } = await relayed();
    const leaving = await client();
    leaving.post('sw_interface_dump');
    await leaving.message();
    leaving.close();
    const channel = connection.channel();
    expect(await channel.request('cli_inband', { cmd: 'show version' })).toMatchObject({ retval: 0 });
  });

  it('is sent when VPP does not answer a request of a client', async () => {
    const { mock, client } = await relayed();
    mock.handle('show_threads', () => undefined);
    const [silent, other] = [await client(), await client()];
    silent.post('show_threads');
    silent.post('control_ping');
    await silent.message();
    silent.post('show_threads');
    expect(await other.ask('cli_inband', { cmd: 'show version' })).toMatchObject({ retval: 0 });
  });
});
