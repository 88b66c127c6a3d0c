/** Interfaces of VPP's packet generator, of Ethernet frames or IP packets. No packets are generated. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { generatedMac } from '../../dataplane/interfaces/generated-mac.js';
import type { Device, Interface } from '../../dataplane/interfaces/interface.js';
import { createdReply, onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const MTU = 9000;
/** `mode` of those with Ethernet frames; two more are of IP packets. */
const ETHERNET = 0;
const MODES = 3;
/** Bits of `pg_flags`. */
const CSUM_OFFLOAD = 1;
const GSO = 2;

const DEVICE: Device = { type: 'pg', isEthernet: true, linkFollowsAdmin: true, takesMacs: true, takesPromisc: true };

interface Generator {
  readonly id: number;
  readonly itf: Interface;
  readonly gso: boolean;
}

export class PacketGenerators {
  private readonly byId = new Map<number, Generator>();

  find(id: number): Generator | undefined {
    return this.byId.get(id);
  }

  at(itf: Interface | undefined): Generator | undefined {
    return [...this.byId.values()].find((each) => each.itf === itf);
  }

  /** The interface with an id, made if it is not there. */
  make(dataplane: Dataplane, id: number, mode: number, gso: boolean): Interface {
    const known = this.find(id);
    if (known !== undefined) return known.itf;
    const isEthernet = mode === ETHERNET;
    const itf = dataplane.addInterface({
      name: `pg${id | 0}`,
      device: { ...DEVICE, isEthernet, takesMacs: isEthernet, takesPromisc: isEthernet, gso },
      mtu: isEthernet ? MTU : 0,
      ...(isEthernet && { mac: generatedMac(dataplane.interfaces.nextIndex) }),
    });
    this.byId.set(id, { id, itf, gso });
    return itf;
  }

  forget(itf: Interface): void {
    const known = this.at(itf);
    if (known !== undefined) this.byId.delete(known.id);
  }
}

export const packetGenerators = defineKind({
  name: 'packetGenerators',
  title: 'packet generator',
  state: () => new PacketGenerators(),
  interfaceDeleted: (generators, itf) => generators.forget(itf),
  handlers: {
    // The first version has no mode, the third has flags.
    pg_create_interface: (fields, { dataplane }, all) => create(dataplane, all, fields, Boolean(fields.gso_enabled)),
    pg_create_interface_v2: (fields, { dataplane }, all) => create(dataplane, all, fields, Boolean(fields.gso_enabled)),
    pg_create_interface_v3: (fields, { dataplane }, all) => {
      const flags = Number(fields.pg_flags);
      return create(dataplane, all, fields, (flags & CSUM_OFFLOAD) === 0 && (flags & GSO) !== 0);
    },

    pg_delete_interface: onInterface((itf, _, { dataplane }, all: PacketGenerators) => {
      const sup = dataplane.interfaces.superOf(itf);
      if (all.at(sup) === undefined) return Retval.INVALID_SW_IF_INDEX;
      dataplane.deleteInterface(sup);
      return Retval.OK;
    }),

    // VPP looks into the generators for whatever interface it is.
    pg_interface_enable_disable_coalesce: onInterface((itf, _, { dataplane }, all: PacketGenerators) => {
      const generator = all.at(dataplane.interfaces.superOf(itf));
      if (generator === undefined) return Retval.INVALID_SW_IF_INDEX;
      return generator.gso ? Retval.OK : Retval.CANNOT_ENABLE_DISABLE_FEATURE;
    }),

    pg_enable_disable: () => Retval.OK,
  },
});

/** An unknown mode would turn local0 into a generator. */
function create(dataplane: Dataplane, all: PacketGenerators, fields: Fields, gso: boolean): Fields {
  const mode = Number(fields.mode ?? ETHERNET);
  if (mode >= MODES) return createdReply(Retval.INVALID_VALUE);
  return createdReply(all.make(dataplane, Number(fields.interface_id), mode, gso));
}
