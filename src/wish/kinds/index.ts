/**
 * The kinds of vppmux itself, in the order in which objects that do not depend on each other are created; they are deleted the other way
 * round.
 */

import { addressKind } from './address.js';
import { adminStateKind } from './admin-state.js';
import { deviceKinds, onDevicesKinds } from './devices/index.js';
import type { Kind } from './kind.js';
import { loopbackKind } from './loopback.js';

export const builtInKinds: readonly Kind[] = [
  loopbackKind,
  ...deviceKinds,
  ...onDevicesKinds,
  addressKind,
  adminStateKind,
];
