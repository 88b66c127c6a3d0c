/**
 * LACP, as its members stand once VPP's timers have run. Nobody answers them: a loopback hears itself, which makes no
 * partner, and all others give up waiting.
 */
import type { Fields } from '../../../src/mux/internal.js';
import { hearsItself, isUp, type Member, Mode } from '../../dataplane/interfaces/bonds.js';
import { NO_MAC } from '../../dataplane/interfaces/interface.js';
import { defineKind } from '../../kind.js';
import { bonds } from './bonds.js';

/** Bits of a port's state. */
const Port = { ACTIVE: 1, SHORT_TIMEOUT: 2, AGGREGATES: 4, DEFAULTED: 64, EXPIRED: 128 } as const;

const RxState = { EXPIRED: 2, DEFAULTED: 4, CURRENT: 5 } as const;

/** States of the periodic transmission. */
const Periodic = { NONE: 0, SENDS: 3 } as const;

const SYSTEM_PRIORITY = 0xffff;
const PORT_PRIORITY = 0xff;

export const lacp = defineKind({
  name: 'lacp',
  title: 'LACP',
  handlers: {
    sw_interface_lacp_dump: (_, { dataplane }) =>
      [...dataplane.of(bonds).members.values()].filter(({ bond }) => bond.mode === Mode.LACP).map(details),
  },
});

function details(member: Member): Fields {
  const { itf, bond, port } = member;
  const { rxState, actorState, partnerState } = statesOf(member);
  const sends = isUp(member) && !member.isPassive;
  return {
    ...{ sw_if_index: itf.swIfIndex, interface_name: itf.name, bond_interface_name: bond.itf.name },
    ...{ rx_state: rxState, ptx_state: sends ? Periodic.SENDS : Periodic.NONE },
    ...{ actor_state: actorState, partner_state: partnerState },
    ...{ actor_system: bond.address, partner_system: member.hadPartner ? bond.address : NO_MAC },
    ...Object.fromEntries(
      ['actor', 'partner'].flatMap((side) => [
        [`${side}_system_priority`, SYSTEM_PRIORITY],
        [`${side}_key`, bond.itf.swIfIndex],
        [`${side}_port_priority`, PORT_PRIORITY],
        [`${side}_port_number`, port],
      ]),
    ),
  };
}

function statesOf(member: Member): { rxState: number; actorState: number; partnerState: number } {
  const own = (member.isPassive ? 0 : Port.ACTIVE) | (member.isLongTimeout ? 0 : Port.SHORT_TIMEOUT);
  if (hearsItself(member)) return { rxState: RxState.CURRENT, actorState: own, partnerState: own };
  const alone = own | Port.AGGREGATES | Port.DEFAULTED;
  // The long timeout is a minute and a half; the short one, three seconds.
  if (isUp(member) && !member.isLongTimeout) return { rxState: RxState.DEFAULTED, actorState: alone, partnerState: 0 };
  return { rxState: RxState.EXPIRED, actorState: alone | Port.EXPIRED, partnerState: Port.SHORT_TIMEOUT };
}
