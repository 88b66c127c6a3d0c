/** Devices and what is set on them, in the order in which they are created. */

import type { Kind } from '../kind.js';
import { bondKind } from './bond.js';
import { bondMemberKind } from './bond-member.js';
import { lcpKind } from './lcp.js';
import { linkMtuKind } from './link-mtu.js';
import { macKind } from './mac.js';
import { mtuKind } from './mtu.js';
import { subInterfaceKind } from './sub-interface.js';
import { tapKind } from './tap.js';
import { vxlanKind } from './vxlan.js';

export const deviceKinds: readonly Kind[] = [bondKind, vxlanKind, tapKind];

/** For interfaces of all kinds: they come behind those. The pairs of linux-cp copy the MTU and the MAC address when they are made. */
export const onDevicesKinds: readonly Kind[] = [
  subInterfaceKind,
  bondMemberKind,
  linkMtuKind,
  mtuKind,
  macKind,
  lcpKind,
];
