/// <reference types="node" preserve="true" />
/**
 * The public door `vppmux/vpp`: VPP's objects, typed, over any channel.
 *
 *   import { connect } from 'vppmux';
 *   import { interfaces, routes } from 'vppmux/vpp';
 *
 *   const channel = (await connect()).channel();
 *   await interfaces.setAdminUp(channel, 'loop0', true);
 *   await routes.add(channel, ['10.0.0.0/24 via 192.0.2.1 loop0']);
 *
 * Besides what each call names, all of them reject with the errors of `Channel.request` and `Channel.dump`.
 */

import * as acls from './acls.js';
import * as bridgeDomains from './bridge-domains.js';
import * as interfaces from './interfaces.js';
import * as neighbors from './neighbors.js';
import * as routes from './routes.js';
import * as system from './system.js';

export type { Acl, AclRule, NumberRange } from './acls.js';
export type { BridgeDomain, BridgeDomainSettings, BridgeMember, BridgePort } from './bridge-domain.js';
export type { BridgeDomainRequest } from './bridge-domain-change.js';
export { OBJECT_ERRORS, ObjectError, type ObjectErrorCode, type ObjectErrorFields, StepError } from './errors.js';
export { type ExchangeOptions, MAX_INDEX } from './exchange.js';
export type { RouteList, RouteQuery } from './fib-entries.js';
export type { FibEntry, FibPath } from './fib-entry.js';
export type { Interface, InterfaceChange, InterfaceRef, InterfaceTable } from './interface-table.js';
export type { LoopbackOptions } from './interfaces.js';
export { addressOf, isV6, networkOf, type Prefix, prefixOf } from './ip-text.js';
export { messagesOf, type ObjectKind } from './messages.js';
export type { Neighbor, NeighborList, NeighborQuery } from './neighbors.js';
export type { Route, RoutePath } from './route.js';
export type { RouteAddOptions, RouteChangeOptions, RouteFailure, RouteOutcome } from './route-changes.js';
export type { RouteLookup } from './route-lookup.js';
export type { CliResult, VppVersion } from './system.js';
export { acls, bridgeDomains, interfaces, neighbors, routes, system };
