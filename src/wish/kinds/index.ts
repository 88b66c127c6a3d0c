/**
 * The kinds of vppmux itself, in the order in which objects that do not depend on each other are created; they are deleted the other way
 * round.
 */

import { abfKinds } from './abf/index.js';
import { addressKind } from './address.js';
import { adminStateKind } from './admin-state.js';
import { deviceKinds, onDevicesKinds } from './devices/index.js';
import type { Kind } from './kind.js';
import { layer2Kinds } from './layer2/index.js';
import { routingKinds, tableKinds } from './layer3/index.js';
import { loopbackKind } from './loopback.js';
import { macipKinds } from './macip/index.js';
import { mplsKind, mplsTableKind } from './mpls.js';
import { natKinds } from './nat/index.js';
import { policerKind } from './policers/policer.js';
import { policerInterfaceKind } from './policers/policer-interface.js';
import { queueKinds } from './queues/index.js';
import { rawKind } from './raw/raw.js';
import { serviceKinds } from './services/index.js';
import { lcpOptionKind } from './services/lcp-options.js';
import { sflowKind } from './sflow.js';
import { sflowInterfaceKind } from './sflow-interface.js';
import { tunnelKinds } from './tunnels/index.js';
import { unnumberedKind } from './unnumbered.js';

export const builtInKinds: readonly Kind[] = [
  lcpOptionKind,
  loopbackKind,
  ...deviceKinds,
  ...tunnelKinds,
  ...onDevicesKinds,
  ...layer2Kinds,
  mplsTableKind,
  ...tableKinds,
  addressKind,
  unnumberedKind,
  ...routingKinds,
  ...macipKinds,
  ...abfKinds,
  mplsKind,
  sflowKind,
  sflowInterfaceKind,
  adminStateKind,
  ...queueKinds,
  ...natKinds,
  policerKind,
  policerInterfaceKind,
  ...serviceKinds,
  rawKind,
];
