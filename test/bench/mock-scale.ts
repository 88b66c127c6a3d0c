/** The mock with as much in it as a large VPP has. Its dumps are compared with those of a server that is faster than any client. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../../src/mux/index.js';
import { type Benchmark, client, type Group, type Setting } from './bench.js';
import type { MockMeasured } from './clients/mock-scale.js';
import type { Sample } from './figures.js';
import { startFastServer, startMockServer } from './server.js';

interface Kind {
  readonly name: string;
  readonly count: number;
  readonly dump: string;
  /** One of the details that the other server gives. */
  readonly details: { readonly name: string; readonly fields: Readonly<Record<string, unknown>> };
}

const KINDS: readonly Kind[] = [
  {
    name: 'routes',
    count: 1_000_000,
    dump: 'ip_route_v2_dump',
    details: {
      name: 'ip_route_v2_details',
      fields: {
        route: {
          prefix: '10.0.0.1/32',
          src: 7,
          paths: [{ sw_if_index: 1, weight: 1, nh: { address: { ip4: '192.0.2.9' } } }],
        },
      },
    },
  },
  {
    name: 'interfaces',
    count: 10_000,
    dump: 'sw_interface_dump',
    details: {
      name: 'sw_interface_details',
      fields: {
        sw_if_index: 1,
        l2_address: 'de:ad:00:00:00:00',
        interface_name: 'loop0',
        interface_dev_type: 'Loopback',
        mtu: [9000, 0, 0, 0],
      },
    },
  },
  {
    name: 'neighbours',
    count: 100_000,
    dump: 'ip_neighbor_dump',
    details: {
      name: 'ip_neighbor_details',
      fields: { neighbor: { sw_if_index: 1, flags: 1, mac_address: '02:fe:00:00:00:01', ip_address: '10.0.0.1' } },
    },
  },
];

export const MOCK: Group = {
  title:
    'the mock: made one by one over the socket, then dumped through the mux (ratio: to the same dump of the C server)',
  benchmarks: KINDS.map(
    (kind): Benchmark => ({ name: `mock, ${kind.name}`, run: (setting) => measure(setting, kind) }),
  ),
};

async function measure(setting: Setting, kind: Kind): Promise<Sample[]> {
  const { name } = kind;
  const count = setting.quick ? kind.count / 10 : kind.count;
  const fast = setting.server.isFast ? await dumpOfFastServer(setting, kind, count) : undefined;
  const mock = await startMockServer(mkdtempSync(join(setting.scratch, 'mock-')), []);
  try {
    const ours = await client<MockMeasured>(setting, 'mock-scale', [mock.socket, '-', name, count]);
    if (ours.details < count) throw new Error(`of ${count} ${name} ${ours.details} are in the dump`);
    return [
      { name: `mock: ${name} made`, unit: 'ms', value: ours.made * 1000 },
      { name: `mock: ${name} dumped`, unit: '/s', value: ours.dumped, yardstick: fast },
      { name: `mock: its memory with ${name}`, unit: 'MiB', value: (ours.memory ?? 0) / 2 ** 20 },
    ];
  } finally {
    mock.stop();
  }
}

/** Details per second. */
async function dumpOfFastServer(
  { server, shared, scratch, ...setting }: Setting,
  kind: Kind,
  count: number,
): Promise<number> {
  const { apiDir } = server;
  const vpp = await connect({ socket: server.socket, apiDir, cacheDir: false });
  const idOf = (name: string) => vpp.table.get(name)?.id ?? -1;
  const id = idOf(kind.dump);
  const body = vpp.schema?.message(kind.details.name).encode({
    _vl_msg_id: idOf(kind.details.name),
    ...kind.details.fields,
  });
  vpp.destroy();
  const details = join(mkdtempSync(join(scratch, 'details-')), 'details.bin');
  writeFileSync(details, body as Uint8Array);
  const fast = await startFastServer(shared, scratch, `${kind.name}.sock`, { id, details, count });
  try {
    const measuring = { server, shared, scratch, ...setting };
    return (await client<MockMeasured>(measuring, 'mock-scale', [fast.socket, apiDir, kind.name, 0])).dumped;
  } finally {
    fast.stop();
  }
}
