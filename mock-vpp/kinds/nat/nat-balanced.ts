/** Mappings of NAT44-ED that balance load between local sides. */
import type { Fields } from '../../../src/mux/internal.js';
import { type Backend, type Mapping, NatFlag } from '../../dataplane/nat/nat-mappings.js';
import type { Nat44 } from '../../dataplane/nat/nat44.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { changing, nat44 } from './nat44.js';

/** Local sides at most; VPP counts them in a byte, and never ends with more. */
const MAX_LOCALS = 255;
/** VPP does not let go of the last two. */
const MIN_LOCALS = 2;

export const natBalanced = defineKind({
  name: 'natBalanced',
  title: 'load balancing of NAT44-ED',
  state: (dataplane) => dataplane.of(nat44),
  handlers: {
    nat44_add_del_lb_static_mapping: changing(({ mappings, addresses }, fields) => {
      const external = externalSide(fields);
      const known = mappings.find(external);
      const flags = flagsOf(Number(fields.flags));
      if (!fields.is_add) {
        if (known === undefined) return Retval.NO_SUCH_ENTRY;
        if (known.backends === undefined) return Retval.INVALID_VALUE;
        mappings.removeBalanced(known, flags);
        return Retval.OK;
      }
      const locals = (fields.locals as Fields[]).map(localSide);
      if (known !== undefined) return Retval.VALUE_EXIST;
      if (locals.length < MIN_LOCALS || locals.length > MAX_LOCALS) return Retval.INVALID_VALUE;
      const isInPool = addresses.some(({ address }) => address === external.external);
      if (!(flags & NatFlag.OUT2IN_ONLY) && !isInPool) return Retval.NO_SUCH_ENTRY;
      const request = { ...external, isIdentity: false, local: '0.0.0.0', localPort: 0, vrf: 0 };
      mappings.addBalanced({ ...request, flags, tag: String(fields.tag) }, locals);
      return Retval.OK;
    }),

    nat44_lb_static_mapping_add_del_local: changing(({ mappings }, fields) => {
      const mapping = mappings.find(externalSide(fields));
      if (mapping === undefined) return Retval.NO_SUCH_ENTRY;
      if (mapping.backends === undefined) return Retval.INVALID_VALUE;
      const local = localSide(fields.local as Fields);
      const known = [...mapping.backends.values()].find(
        ({ addr, port, vrf }) => addr === local.addr && port === local.port && vrf === local.vrf,
      );
      if (fields.is_add) {
        if (known !== undefined) return Retval.VALUE_EXIST;
        mappings.addBackend(mapping, local);
        return Retval.OK;
      }
      if (known === undefined) return Retval.NO_SUCH_ENTRY;
      if (mapping.backends.size <= MIN_LOCALS) return Retval.UNSPECIFIED;
      mappings.removeBackend(mapping, known);
      return Retval.OK;
    }),

    nat44_lb_static_mapping_dump: (_, __, { nat }) => balanced(nat).map(details),
  },
});

const externalSide = ({ external_addr, external_port, protocol }: Fields) => ({
  external: String(external_addr),
  externalPort: Number(external_port),
  protocol: Number(protocol),
});

const localSide = ({ addr, port, probability, vrf_id }: Fields): Omit<Backend, 'index'> => ({
  addr: String(addr),
  port: Number(port),
  probability: Number(probability),
  vrf: Number(vrf_id),
});

/** Twice-NAT wins over self-twice-NAT. */
function flagsOf(flags: number): number {
  const twice = flags & NatFlag.TWICE_NAT || flags & NatFlag.SELF_TWICE_NAT;
  return twice | (flags & NatFlag.OUT2IN_ONLY);
}

function balanced(nat: Nat44 | undefined): Mapping[] {
  return [...(nat?.mappings.values() ?? [])].filter(({ backends }) => backends !== undefined);
}

/** VPP leaves the affinity out. */
function details({ external, externalPort, protocol, flags, tag, backends }: Mapping): Fields {
  const locals = [...(backends?.values() ?? [])].map(({ addr, port, probability, vrf }) => ({
    ...{ addr, port, probability },
    vrf_id: vrf,
  }));
  return { external_addr: external, external_port: externalPort, protocol, flags, tag, locals };
}
