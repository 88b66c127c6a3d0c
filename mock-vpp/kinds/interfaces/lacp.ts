/**
 * LACP, as its members stand once VPP's timers have run. Nobody answers them: a loopback hears itself, which makes no
 * partner, and all others give up waiting.
 */
import type { Fields } from '../../../src/mux/internal.js';
import { unknownInput } from '../../cli/cli-command.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { hearsItself, isUp, type Member, Mode } from '../../dataplane/interfaces/bonds.js';
import { NO_MAC } from '../../dataplane/interfaces/interface.js';
import { defineKind } from '../../kind.js';
import { bonds } from './bonds.js';
import { interfaceNamed } from './interface-commands.js';
import { type Port, portDetails, portsText } from './lacp-text.js';

/** Bits of a port's state. */
const PortBit = { ACTIVE: 1, SHORT_TIMEOUT: 2, AGGREGATES: 4, DEFAULTED: 64, EXPIRED: 128 } as const;

const RxState = { EXPIRED: 2, DEFAULTED: 4, CURRENT: 5 } as const;

/** States of the periodic transmission. */
const Periodic = { NONE: 0, SENDS: 3 } as const;

const SYSTEM_PRIORITY = 0xffff;
const PORT_PRIORITY = 0xff;

export const lacp = defineKind({
  name: 'lacp',
  title: 'LACP',
  handlers: {
    sw_interface_lacp_dump: (_, { dataplane }) => portsOf(dataplane).map(details),
  },
  commands: {
    'show lacp': {
      help: 'show lacp [<interface>] [details]',
      takesWords: true,
      run: (_, { dataplane, words }) => {
        const all = portsOf(dataplane);
        const chosen = words.filter((word) => word !== 'details');
        const other = chosen.find((word) => interfaceNamed(dataplane, word) === undefined);
        if (other !== undefined) throw unknownInput('show lacp', words.slice(words.indexOf(other)));
        const ports = chosen.length === 0 ? all : all.filter(({ name }) => chosen.includes(name));
        return words.length > chosen.length ? portDetails(ports, all.length) : portsText(ports);
      },
    },
  },
});

function portsOf(dataplane: Dataplane): Port[] {
  return [...dataplane.of(bonds).members.values()].filter(({ bond }) => bond.mode === Mode.LACP).map(portOf);
}

function portOf(member: Member): Port {
  const { itf, bond, port } = member;
  const { rxState, actorState, partnerState } = statesOf(member);
  const side = (system: string, state: number) => ({
    ...{ system, systemPriority: SYSTEM_PRIORITY, key: bond.itf.swIfIndex, portPriority: PORT_PRIORITY, port, state },
  });
  return {
    ...{ name: itf.name, swIfIndex: itf.swIfIndex, bondName: bond.itf.name, isUp: isUp(member), rxState },
    periodicState: isUp(member) && !member.isPassive ? Periodic.SENDS : Periodic.NONE,
    actor: side(bond.address, actorState),
    partner: side(member.hadPartner ? bond.address : NO_MAC, partnerState),
  };
}

function details({ name, swIfIndex, bondName, rxState, periodicState, ...sides }: Port): Fields {
  return {
    ...{ sw_if_index: swIfIndex, interface_name: name, bond_interface_name: bondName },
    ...{ rx_state: rxState, ptx_state: periodicState },
    ...Object.fromEntries(
      (['actor', 'partner'] as const).flatMap((side) => {
        const { system, systemPriority, key, portPriority, port, state } = sides[side];
        return [
          [`${side}_system`, system],
          [`${side}_system_priority`, systemPriority],
          [`${side}_key`, key],
          [`${side}_port_priority`, portPriority],
          [`${side}_port_number`, port],
          [`${side}_state`, state],
        ];
      }),
    ),
  };
}

function statesOf(member: Member): { rxState: number; actorState: number; partnerState: number } {
  const own = (member.isPassive ? 0 : PortBit.ACTIVE) | (member.isLongTimeout ? 0 : PortBit.SHORT_TIMEOUT);
  if (hearsItself(member)) return { rxState: RxState.CURRENT, actorState: own, partnerState: own };
  const alone = own | PortBit.AGGREGATES | PortBit.DEFAULTED;
  // The long timeout is a minute and a half; the short one, three seconds.
  if (isUp(member) && !member.isLongTimeout) return { rxState: RxState.DEFAULTED, actorState: alone, partnerState: 0 };
  return { rxState: RxState.EXPIRED, actorState: alone | PortBit.EXPIRED, partnerState: PortBit.SHORT_TIMEOUT };
}
