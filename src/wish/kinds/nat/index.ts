/** NAT44. */

import type { Kind } from '../kind.js';
import { identityMappingKind } from './identity-mapping.js';
import { natAddressKind, natPoolInterfaceKind } from './nat-address.js';
import { natInterfaceKind } from './nat-interface.js';
import { natMappingKind } from './nat-mapping.js';
import { nat44Kind } from './nat44.js';

export const natKinds: readonly Kind[] = [
  nat44Kind,
  natPoolInterfaceKind,
  natAddressKind,
  natInterfaceKind,
  natMappingKind,
  identityMappingKind,
];
