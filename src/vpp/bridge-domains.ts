/** Reads and changes bridge domains: `bridgeDomains` of the door. */

import type { Channel, Untyped } from '../mux/index.js';
import { type BridgeDomain, type BridgePort, namesOf, readBridgeDomains } from './bridge-domain.js';
import { BridgeDomainChange, type BridgeDomainRequest } from './bridge-domain-change.js';
import { ObjectError } from './errors.js';
import type { ExchangeOptions } from './exchange.js';
import { type InterfaceRef, InterfaceTable } from './interface-table.js';

/** Lists all bridge domains, by id (`bridge_domain_dump`, `sw_interface_dump`). */
export function list(channel: Channel<Untyped>, options: ExchangeOptions = {}): Promise<BridgeDomain[]> {
  return readBridgeDomains(channel, InterfaceTable.read(channel, options), options);
}

/**
 * Makes sure that a bridge domain is there with these interfaces in it: creates it where there is none (`bridge_domain_add_del_v2`, or
 * `bridge_domain_add_del` of a VPP that lacks it), and puts in those that are not in it (`sw_interface_set_l2_bridge`). What it has
 * already stays. Everything is checked before anything is changed.
 *
 * Rejects with NOT_FOUND for an interface that is not there; EXISTS where the domain is there with other settings; IN_USE for an
 * interface of another domain, and for a second bvi; NOT_SUPPORTED without `id` where only the old message is there; a StepError
 * when VPP refuses an interface after the domain was created.
 */
export async function add(
  channel: Channel<Untyped>,
  request: BridgeDomainRequest,
  options: ExchangeOptions = {},
): Promise<{ readonly bridgeDomain: BridgeDomain; readonly changed: boolean }> {
  const change = await BridgeDomainChange.read(channel, options);
  const plan = change.plan(request);
  const id = await change.carryOut(plan);
  const now = await readBridgeDomains(channel, change.interfaces, options);
  const bridgeDomain = now.find((each) => each.id === id);
  if (bridgeDomain !== undefined) return { bridgeDomain, changed: plan.isChange };
  throw new ObjectError('NOT_FOUND', 'bridge domain', `bridge domain ${id} was removed by somebody else meanwhile`);
}

/**
 * Removes a bridge domain; its interfaces are routed again. Gives those that it had. Rejects with NOT_FOUND; IN_USE where it has
 * interfaces, unless `force` takes them out first; a StepError when VPP refuses one of several steps: it says which interfaces
 * have left by then. They stay out, and the domain stays.
 */
export async function remove(
  channel: Channel<Untyped>,
  id: number,
  { force = false, ...options }: ExchangeOptions & { readonly force?: boolean } = {},
): Promise<readonly BridgePort[]> {
  const change = await BridgeDomainChange.read(channel, options);
  const domain = change.existing(id);
  const { members } = domain;
  if (!force) checkEmpty(domain);
  await change.takeOut(id, members);
  await change.remove(id, members);
  return members;
}

/**
 * Takes interfaces out of a bridge domain, which stays; they are routed again. Those that are not in it are no error. Gives those
 * that were. Rejects with NOT_FOUND for a domain or an interface that is not there; a StepError, which says which have left by
 * then, when VPP refuses one.
 */
export async function removeInterfaces(
  channel: Channel<Untyped>,
  id: number,
  refs: readonly InterfaceRef[],
  options: ExchangeOptions = {},
): Promise<readonly BridgePort[]> {
  const change = await BridgeDomainChange.read(channel, options);
  const { members } = change.existing(id);
  const unwanted = new Set(refs.map((ref, i) => change.interfaces.find(ref, `interfaces[${i}]`).swIfIndex));
  const leaving = members.filter(({ swIfIndex }) => unwanted.has(swIfIndex));
  await change.takeOut(id, leaving);
  return leaving;
}

function checkEmpty({ id, members }: BridgeDomain): void {
  if (members.length === 0) return;
  const text = `bridge domain ${id} has interfaces (${namesOf(members, 3)}); force takes them out first`;
  throw new ObjectError('IN_USE', 'bridge domain', text);
}
