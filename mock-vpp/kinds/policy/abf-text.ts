/** ABF policies in the layout of VPP's CLI. Indices that the mock does not have (path lists, routes) are made up. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { type Path, type PathList, PathProto } from '../../dataplane/routing/paths.js';

/** Index of the first path list and of the first path: VPP's own routes have those before it. */
const FIRST = 13;

interface PolicyText {
  readonly index: number;
  readonly id: number;
  readonly aclIndex: number;
  readonly paths?: PathList;
  /** Whether its paths are lost; else one without paths forwards nothing. */
  readonly isBroken: boolean;
}

export function policyText({ index, id, aclIndex, paths, isBroken }: PolicyText, dataplane: Dataplane): string {
  const heading = `abf:[${index}]: policy:${id} acl:${aclIndex}\n`;
  if (paths === undefined && !isBroken) return `${heading} no forwarding\n`;
  const list = FIRST + index;
  const each = paths?.paths.map((path, at) => pathText(path, FIRST + at, list, dataplane)) ?? [];
  return `${heading}     path-list:[${list}] locks:1 flags:shared,no-uRPF, uRPF-list: None\n${each.join('')}`;
}

function pathText({ fields, through }: Path, index: number, list: number, dataplane: Dataplane): string {
  const proto = fields.proto === PathProto.IP6 ? 'ip6' : 'ip4';
  const { weight, preference } = fields;
  const line = (kind: string) =>
    `      path:[${index}] pl-index:${list} ${proto} weight=${weight} pref=${preference} ${kind}\n`;
  if (through === undefined) return `${line('special:  cfg-flags:drop,')}        [@0]: dpo-drop ${proto}\n`;
  const [address = '0.0.0.0'] = Object.values((fields.nh as { address?: Fields }).address ?? {});
  if ('tableId' in through) {
    const fib = dataplane.tables.find(through.tableId, through.v6)?.index ?? 0;
    return `${line('recursive: ')}        via ${address} in fib:${fib} via-fib:${FIRST} via-dpo:[dpo-load-balance:${FIRST}]\n`;
  }
  const name = dataplane.interfaces.get(through.swIfIndex)?.name ?? 'DELETED';
  const adjacency = `[@0]: arp-${proto === 'ip6' ? 'ipv6' : 'ipv4'}: via ${address} ${name}`;
  return `${line('attached-nexthop: ')}        ${address} ${name}\n      ${adjacency}\n`;
}
