/** Kinds that route packets, or refuse them: IP tables and what is in them, neighbours, ACLs. */

import type { Kind } from '../kind.js';
import { aclKind } from './acl.js';
import { interfaceAclsKind } from './interface-acls.js';
import { interfaceTableKind } from './interface-table.js';
import { neighborKind } from './neighbor.js';
import { routeKind } from './route.js';
import { tableKind } from './table.js';

/** They come before the addresses of interfaces. */
export const tableKinds: readonly Kind[] = [tableKind, interfaceTableKind];

/** They come after the addresses of interfaces. */
export const routingKinds: readonly Kind[] = [aclKind, interfaceAclsKind, neighborKind, routeKind];
