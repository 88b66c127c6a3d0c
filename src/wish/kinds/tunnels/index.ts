/** Interfaces that VPP makes for traffic between machines and programs. */

import type { Kind } from '../kind.js';
import { greKind } from './gre.js';
import { hostInterfaceKind } from './host-interface.js';
import { ipipKind } from './ipip.js';
import { memifKind } from './memif.js';
import { memifSocketKind } from './memif-socket.js';
import { wireguardKind } from './wireguard.js';
import { wireguardPeerKind } from './wireguard-peer.js';

export const tunnelKinds: readonly Kind[] = [
  memifSocketKind,
  memifKind,
  greKind,
  ipipKind,
  wireguardKind,
  wireguardPeerKind,
  hostInterfaceKind,
];
