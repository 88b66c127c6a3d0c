/**
 * vppcfg dumps and plans on the mock what it dumps and plans on VPP. Where VPP_API_SOCKET names a VPP, without a configuration, it runs
 * there as well, and `--update` writes the dumps anew: from a VPP, never from the mock. VPP has no cards here: interfaces of the packet
 * generator stand for them, on both.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connect } from 'vppmux';
import { parse } from 'yaml';
import type { Dataplane } from '../../mock-vpp/index.js';
import { ownApiDir } from '../support/mock.js';
import { excused, needs } from '../support/needs.js';
import { sharedMissing, sharedPath } from '../support/shared.js';
import { anyVpp, mockVpp, scratch, type TestVpp } from '../support/vpp.js';
import { withoutTaps } from '../support/without-taps.js';
import { carryOut } from './vppcfg/carry-out.js';
import { Vppcfg, vppcfgMissing } from './vppcfg/vppcfg.js';

const own = fileURLToPath(new URL('vppcfg/', import.meta.url));
const CARDS = [
  ...['GigabitEthernet3/0/0', 'GigabitEthernet3/0/1'],
  ...['HundredGigabitEthernet12/0/0', 'HundredGigabitEthernet12/0/1'],
];

const ALL = 0xffffffff;
/** Two rules as an ACL has them. */
const ANYWHERE = { srcport_or_icmptype_first: 0, srcport_or_icmptype_last: 65535 };
const RULES = [
  {
    ...{ is_permit: 1, src_prefix: '0.0.0.0/0', dst_prefix: '192.0.2.0/24', proto: 6, ...ANYWHERE },
    ...{ dstport_or_icmpcode_first: 80, dstport_or_icmpcode_last: 443 },
  },
  {
    ...{
      is_permit: 0,
      src_prefix: '::/0',
      dst_prefix: '2001:db8::/32',
      proto: 58,
      ...ANYWHERE,
      dstport_or_icmpcode_last: 255,
    },
  },
];

async function begin(vpp: TestVpp) {
  const connection = await connect({ socket: vpp.socket, apiDir: ownApiDir });
  onTestFinished(async () => {
    await connection.close();
    await vpp.stop();
  });
  const channel = connection.channel();
  const vppcfg = new Vppcfg(vpp.socket);
  /** Makes VPP what a file says, after which nothing is left to plan. */
  const become = async (file: string) => {
    await carryOut(channel, await vppcfg.plan(file));
    expect(await vppcfg.plan(file)).toBe('');
  };
  return { channel, vppcfg, become };
}

describe('vppcfg', excused(vppcfgMissing()), () => {
  it('dumps what it dumps on VPP, and comes to an end', async () => {
    const { channel, vppcfg, become } = await begin(await anyVpp());
    const cards: number[] = [];
    for (const [id, name] of CARDS.entries()) {
      const { sw_if_index } = await channel.request('pg_create_interface_v3', { interface_id: id });
      cards.push(Number(sw_if_index));
      await channel.request('sw_interface_set_interface_name', { sw_if_index, name });
    }
    // Plans leave ACLs alone, dumps show them.
    const { acl_index } = await channel.request('acl_add_replace', { acl_index: ALL, tag: 'web', count: 2, r: RULES });
    for (const state of ['full', 'other', 'none']) {
      await become(`${own}${state}.yaml`);
      await expect(stable(await vppcfg.dump())).toMatchFileSnapshot(`${own}dumps/${state}.txt`);
    }
    await channel.request('acl_del', { acl_index });
    for (const sw_if_index of cards) await channel.request('pg_delete_interface', { sw_if_index });
  });
});

/**
 * The configurations that its author tests its planner with, one after another. Their pairs with Linux's interfaces and their taps are
 * left out: it takes the taps of VPP 26.06 for cards that the configuration lacks, and plans nothing.
 */
describe('vppcfg’s own transitions', { ...excused(vppcfgMissing()), ...needs(sharedMissing) }, () => {
  it('leave nothing to plan', async () => {
    const { path, remove } = scratch();
    onTestFinished(remove);
    const folder = sharedPath('vppcfg', 'transitions');
    const files = readdirSync(folder).map((name) => {
      const text = withoutTaps(readFileSync(join(folder, name), 'utf8'));
      writeFileSync(path(name), text);
      return { file: path(name), interfaces: Object.keys(parse(text).interfaces) };
    });
    const cards = files[0].interfaces.filter((name) => name.startsWith('Gigabit') || name.startsWith('Hundred'));
    const setup = (dataplane: Dataplane) => void cards.map((name) => dataplane.addPhysical(name));
    const { become } = await begin(await mockVpp({ setup }));
    for (const { file } of files) await become(file);
  });
});

/** A dump without the MAC addresses that VPP makes up. */
function stable(dump: string): string {
  return dump.replace(/02:fe:[0-9a-f:]{11}/g, 'random');
}
