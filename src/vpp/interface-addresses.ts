/** Reads and changes the IP addresses of interfaces. */

import type { Channel, Untyped } from '../mux/index.js';
import { ObjectError } from './errors.js';
import { type ExchangeOptions, typed } from './exchange.js';
import { type Interface, type InterfaceChange, type InterfaceRef, resolveInterface } from './interface-table.js';
import { prefixOf } from './ip-text.js';

/**
 * Lists the addresses of an interface as `192.0.2.1/24`, IPv4 first (`ip_address_dump`). VPP lists no link-local ones, and none of an
 * interface that is not there.
 */
export async function listAddresses(
  channel: Channel<Untyped>,
  swIfIndex: number,
  options: ExchangeOptions = {},
): Promise<string[]> {
  const dumps = [false, true].map((is_ipv6) =>
    typed(channel).dump('ip_address_dump', { sw_if_index: swIfIndex, is_ipv6 }, options).toArray(),
  );
  return (await Promise.all(dumps)).flat().map(({ prefix }) => prefix);
}

/**
 * Gives an interface an address with the length of its network, `192.0.2.1/24` (`sw_interface_add_del_address`). One that it has
 * stays as it is; a link-local one, which VPP does not list, is always sent. Rejects with NOT_FOUND; INVALID for a string that is no address;
 * RetvalError where it overlaps with another address of the same table.
 */
export async function addAddress(
  channel: Channel<Untyped>,
  itf: Interface | InterfaceRef,
  address: string,
  options: ExchangeOptions = {},
): Promise<InterfaceChange> {
  const wanted = canonical(address);
  const found = await resolveInterface(channel, itf, options);
  const changed = !(await listAddresses(channel, found.swIfIndex, options)).includes(wanted);
  if (changed) await change(channel, found.swIfIndex, wanted, true, options);
  return { interface: found, changed };
}

/**
 * Takes an address away from an interface (`sw_interface_add_del_address`); one that it does not have is no error. Rejects with
 * NOT_FOUND; INVALID for a string that is no address, and for an address that the interface has with another length: VPP would ignore it.
 */
export async function removeAddress(
  channel: Channel<Untyped>,
  itf: Interface | InterfaceRef,
  address: string,
  options: ExchangeOptions = {},
): Promise<InterfaceChange> {
  const unwanted = canonical(address);
  const found = await resolveInterface(channel, itf, options);
  const has = await listAddresses(channel, found.swIfIndex, options);
  const alike = has.find((each) => hostOf(each) === hostOf(unwanted));
  if (alike !== undefined && alike !== unwanted) {
    throw invalid(`${found.name} has ${alike}, which is of another length`);
  }
  const changed = alike !== undefined || isLinkLocal(unwanted);
  if (changed) await change(channel, found.swIfIndex, unwanted, false, options);
  return { interface: found, changed };
}

async function change(
  channel: Channel<Untyped>,
  swIfIndex: number,
  prefix: string,
  isAdd: boolean,
  options: ExchangeOptions,
): Promise<void> {
  const fields = { sw_if_index: swIfIndex, prefix, is_add: isAdd };
  await typed(channel).request('sw_interface_add_del_address', fields, options);
}

/** Spells an address as VPP's answers do. Throws INVALID. */
function canonical(address: string): string {
  const prefix = prefixOf(address);
  if (prefix !== undefined) return `${prefix.address}/${prefix.length}`;
  throw invalid(`"${address}" is no address with a length, such as 192.0.2.1/24 or 2001:db8::1/64`);
}

const invalid = (text: string) => new ObjectError('INVALID', 'address', text, { path: 'address' });
const hostOf = (prefix: string) => prefix.split('/')[0];
const isLinkLocal = (prefix: string) => /^fe[89ab]/.test(prefix);
