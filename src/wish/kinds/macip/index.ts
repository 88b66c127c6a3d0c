/** MAC/IP ACLs and their interfaces. */

import type { Kind } from '../kind.js';
import { interfaceMacipAclKind } from './interface-macip-acl.js';
import { macipAclKind } from './macip-acl.js';

export const macipKinds: readonly Kind[] = [macipAclKind, interfaceMacipAclKind];
