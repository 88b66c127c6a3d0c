/**
 * The shipped operations over a real socket: against the mock with its own definitions and with those of VPP 26.06, or
 * against the VPP that VPP_API_SOCKET names. Leaves nothing behind.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../src/agent/operations/client.js';
import type { Operation } from '../../src/agent/operations/operation.js';
import * as op from '../../src/plugins/index.js';
import { clientOf } from '../plugins/operations/support.js';
import { sharedMissing, sharedPath } from '../support/shared.js';
import { anyVpp, mockVpp, realSocket, type TestVpp } from '../support/vpp.js';

let vpp: TestVpp;
let apiDir: string | undefined;
/** Operations that have given a result. */
const served = new Set<string>();

async function world() {
  const made = await clientOf(vpp.socket, { operations: { cli: true }, govpp: apiDir ? { 'api-dir': apiDir } : {} });
  const call = async (operation: Operation, input: never) => {
    const output = await made.client.call(operation, input);
    served.add(operation.name);
    return output;
  };
  return { ...made, client: { call: call as Caller['call'] } };
}
type Client = Awaited<ReturnType<typeof world>>['client'];

/** A loopback for the time of `work`. */
async function withLoopback<T>(client: Client, work: (name: string) => Promise<T>): Promise<T> {
  const { name } = await client.call(op.interfaceCreateLoopback, { mac: '02:00:5e:00:53:01' });
  try {
    return await work(name);
  } finally {
    await client.call(op.interfaceDelete, { interface: name });
  }
}

const VPP = 'VPP 26.06';
const sides = realSocket ? ['that VPP'] : ['the mock', ...(sharedMissing ? [] : [VPP])];

// In this order: the last one looks at what the others have carried out.
for (const side of sides)
  describe(`operations, with the definitions of ${side}`, { shuffle: false }, () => {
    beforeAll(async () => {
      served.clear();
      apiDir = side === VPP ? sharedPath('vpp-api', '26.06') : undefined;
      vpp = apiDir === undefined ? await anyVpp() : await mockVpp({ apiDir });
    });
    afterAll(() => vpp.stop());

    it('version and command line: tell the same version', async () => {
      const { client } = await world();
      const { version } = await client.call(op.systemVersion, {});
      const { output } = await client.call(op.systemCli, { command: 'show version' });
      expect(output).toContain(version);
      await expect(client.call(op.systemCli, { command: 'show nonsense' })).rejects.toMatchObject({ code: 'EINVAL' });
    });

    it('an interface: created, up, with addresses, down, deleted', async () => {
      const { client } = await world();
      const { name, swIfIndex, mac } = await client.call(op.interfaceCreateLoopback, { mac: '02:00:5E:00:53:02' });
      expect(mac).toBe('02:00:5e:00:53:02');
      const of = async () =>
        (await client.call(op.interfaceList, { name })).interfaces.find((itf) => itf.name === name);
      expect(await client.call(op.interfaceSetState, { interface: name, state: 'up' })).toMatchObject({
        changed: true,
      });
      for (const changed of [true, false]) {
        for (const address of ['198.51.100.1/28', '2001:DB8:53::1/64']) {
          expect(await client.call(op.interfaceAddAddress, { interface: swIfIndex, address })).toMatchObject({
            changed,
          });
        }
      }
      expect(await of()).toMatchObject({
        ...{ swIfIndex, state: 'up', link: 'up', mac, addresses: ['198.51.100.1/28', '2001:db8:53::1/64'] },
      });
      const shorter = { interface: name, address: '198.51.100.1/24' };
      await expect(client.call(op.interfaceRemoveAddress, shorter)).rejects.toMatchObject({ code: 'EINVAL' });
      for (const changed of [true, false]) {
        const removed = await client.call(op.interfaceRemoveAddress, { interface: name, address: '198.51.100.1/28' });
        expect(removed).toMatchObject({ changed });
      }
      expect(await client.call(op.interfaceSetState, { interface: name, state: 'down' })).toMatchObject({
        changed: true,
      });
      await client.call(op.interfaceDelete, { interface: name });
      expect(await of()).toBeUndefined();
      await expect(client.call(op.interfaceDelete, { interface: name })).rejects.toMatchObject({ code: 'ENOENT' });
    });

    it('routes: added, listed, removed; refusals name the route', async () => {
      const { client } = await world();
      await withLoopback(client, async (name) => {
        await client.call(op.interfaceSetState, { interface: name, state: 'up' });
        await client.call(op.interfaceAddAddress, { interface: name, address: '198.51.100.17/28' });
        const lines = Array.from(
          { length: 500 },
          (_, i) => `100.127.${i >> 8}.${i & 255}/32 via 198.51.100.18 ${name}`,
        );
        const routes = [
          ...lines,
          '100.126.0.0/16 drop',
          `100.125.0.0/16 via 198.51.100.18 ${name} weight 2 via ${name}`,
        ];
        try {
          for (let i = 0; i < 2; i++) expect(await client.call(op.routeAdd, { routes })).toMatchObject({ added: 502 });
          const listed = (within: string) => client.call(op.routeList, { source: 'API', within });
          expect(await listed('100.127.0.0/16')).toMatchObject({ total: 500 });
          const via = { type: 'via', nextHop: '198.51.100.18', interface: name, weight: 1, preference: 0 };
          expect((await listed('100.127.1.2/32')).routes).toEqual([
            { prefix: '100.127.1.2/32', table: 0, source: 'API', paths: [via] },
          ]);
          const { route } = await client.call(op.routeLookup, { address: '100.127.1.2' });
          expect(route).toEqual({ prefix: '100.127.1.2/32', table: 0, source: 'API', paths: [via] });
          const [{ paths }] = (await listed('100.125.0.0/16')).routes;
          expect(paths).toHaveLength(2);
          expect(paths).toContainEqual({ ...via, weight: 2 });
          const wrong = { routes: [lines[0], '100.127.0.0/24 table 4000000 drop'] };
          await expect(client.call(op.routeAdd, wrong)).rejects.toMatchObject({
            code: 'ENOENT',
            message: expect.stringContaining(
              'routes[1] (100.127.0.0/24): VPP refused ip_route_add_del_v2: NO_SUCH_FIB (-3)',
            ),
          });
        } finally {
          const prefixes = routes.map((line) => line.split(' ')[0]);
          expect(await client.call(op.routeRemove, { routes: prefixes })).toMatchObject({ removed: 502 });
        }
        expect(await client.call(op.routeList, { source: 'API', within: '100.124.0.0/14' })).toMatchObject({
          total: 0,
        });
      });
    });

    it('neighbours: those of an interface, with what the question cost', async () => {
      const { client, mux } = await world();
      await withLoopback(client, async (name) => {
        await client.call(op.interfaceSetState, { interface: name, state: 'up' });
        const { swIfIndex: sw_if_index } = await client.call(op.interfaceAddAddress, {
          interface: name,
          address: '198.51.100.81/28',
        });
        const neighbor = { sw_if_index, flags: 1, mac_address: '02:00:5e:00:53:45', ip_address: '198.51.100.82' };
        await mux.channel().request('ip_neighbor_add_del', { is_add: true, neighbor });
        expect(await client.call(op.neighborList, { interface: name, family: 'ip4' })).toMatchObject({
          neighbors: [{ address: '198.51.100.82', mac: '02:00:5e:00:53:45', interface: name, isStatic: true }],
          total: 1,
          cost: { ms: expect.any(Number), details: expect.any(Number) },
        });
      });
    });

    it('a bridge domain: made with interfaces, found again, taken apart', async () => {
      const { client } = await world();
      await withLoopback(client, (one) =>
        withLoopback(client, async (two) => {
          const wanted = { interfaces: [one], bvi: two, tag: 'vppmux test', learn: false };
          const { bridge } = await client.call(op.bridgeAdd, wanted);
          const { id } = bridge;
          expect(bridge).toMatchObject({ tag: 'vppmux test', learn: false, flood: true, bvi: two });
          expect(bridge.members.map(({ name }) => name)).toEqual([two, one]);
          expect(await client.call(op.bridgeAdd, { id, ...wanted })).toEqual({ bridge, changed: false });
          expect(await client.call(op.bridgeList, { id })).toMatchObject({ bridges: [bridge] });
          await expect(client.call(op.bridgeAdd, { id, learn: true })).rejects.toMatchObject({ code: 'EEXIST' });
          await expect(client.call(op.bridgeRemove, { id })).rejects.toMatchObject({ code: 'EBUSY' });
          expect(await client.call(op.bridgeRemove, { id, interfaces: [one] })).toMatchObject({ left: [one] });
          expect(await client.call(op.bridgeRemove, { id, force: true })).toEqual({ id, removed: true, left: [two] });
          await expect(client.call(op.bridgeRemove, { id })).rejects.toMatchObject({ code: 'ENOENT' });
        }),
      );
    });

    it('an ACL on an interface: its rules, and where it is', async () => {
      const { client, mux } = await world();
      const channel = mux.channel();
      await withLoopback(client, async (name) => {
        const { interfaces } = await client.call(op.interfaceList, { name });
        const sw_if_index = interfaces.find((itf) => itf.name === name)?.swIfIndex;
        const ports = { dstport_or_icmpcode_first: 80, dstport_or_icmpcode_last: 443, srcport_or_icmptype_last: 65535 };
        const rule = { is_permit: 1, src_prefix: '10.0.0.0/8', dst_prefix: '0.0.0.0/0', proto: 6, ...ports };
        const { acl_index } = await channel.request('acl_add_replace', {
          acl_index: 0xffffffff,
          tag: 'vppmux test',
          r: [rule],
        });
        try {
          await channel.request('acl_interface_set_acl_list', { sw_if_index, n_input: 0, acls: [acl_index] });
          expect(await client.call(op.aclList, { index: Number(acl_index) })).toMatchObject({
            acls: [
              {
                ...{ index: acl_index, tag: 'vppmux test', input: [], output: [name] },
                rules: [
                  {
                    ...{ action: 'permit', source: '10.0.0.0/8', destination: '0.0.0.0/0', protocol: 'tcp' },
                    sourcePorts: { first: 0, last: 65535 },
                    destinationPorts: { first: 80, last: 443 },
                  },
                ],
              },
            ],
          });
          await channel.request('acl_interface_set_acl_list', { sw_if_index, n_input: 0, acls: [] });
        } finally {
          await channel.request('acl_del', { acl_index });
        }
      });
    });

    it('all that are shipped: have been carried out', async () => {
      const { agent } = await world();
      const names = agent.operations.catalogue.map(({ operation }) => operation.name);
      // It takes a second VPP, and sends none of them a request of its own.
      expect([...served, op.dataplaneSwitch.name].sort()).toEqual(names);
    });
  });
