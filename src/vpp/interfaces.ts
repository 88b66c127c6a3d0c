/**
 * Reads and changes interfaces: `interfaces` of the door. Changes take an interface by name or sw_if_index, which costs a dump of
 * all of them, or as a value that was read before.
 */

import type { Channel, Untyped } from '../mux/index.js';
import { ObjectError } from './errors.js';
import { type ExchangeOptions, typed } from './exchange.js';
import {
  type Interface,
  type InterfaceChange,
  type InterfaceRef,
  InterfaceTable,
  resolveInterface,
} from './interface-table.js';

export { addAddress, listAddresses, removeAddress } from './interface-addresses.js';

/** loopN is possible for N below this. */
export const MAX_LOOPBACKS = 16_384;

const ADMIN_UP = 1;
/** VPP makes one up. */
const ANY_MAC = '00:00:00:00:00:00';

export interface LoopbackOptions extends ExchangeOptions {
  /** N of loopN, 0 to 16383. Default: the lowest that is free. */
  readonly instance?: number;
  /** MAC address. Default: one that VPP makes up. */
  readonly mac?: string;
}

/** Lists all interfaces, by sw_if_index (`sw_interface_dump`). */
export async function list(channel: Channel<Untyped>, options: ExchangeOptions = {}): Promise<Interface[]> {
  return (await InterfaceTable.read(channel, options)).list;
}

/** Reads all interfaces, for look-ups in both directions (`sw_interface_dump`). */
export function table(channel: Channel<Untyped>, options: ExchangeOptions = {}): Promise<InterfaceTable> {
  return InterfaceTable.read(channel, options);
}

/** Finds an interface by name or sw_if_index (`sw_interface_dump`). Rejects with NOT_FOUND and the nearest names. */
export function find(channel: Channel<Untyped>, ref: InterfaceRef, options: ExchangeOptions = {}): Promise<Interface> {
  return resolveInterface(channel, ref, options);
}

/**
 * Creates a loopback interface; it is down (`create_loopback`; with `instance` `create_loopback_instance`). Rejects with
 * EXISTS where there is one of that instance: VPP's own refusal does not say why.
 */
export async function createLoopback(
  channel: Channel<Untyped>,
  { instance, mac, ...options }: LoopbackOptions = {},
): Promise<Interface> {
  const fields = { mac_address: mac ?? ANY_MAC };
  if (instance !== undefined) await checkInstance(channel, instance, options);
  const reply = await (instance === undefined
    ? typed(channel).request('create_loopback', fields, options)
    : typed(channel).request(
        'create_loopback_instance',
        { ...fields, is_specified: true, user_instance: instance },
        options,
      ));
  return (await InterfaceTable.read(channel, options)).find(reply.sw_if_index, 'instance');
}

/**
 * Deletes a loopback interface, with its addresses, its routes and its place in a bridge domain (`delete_loopback`). Gives what it
 * was. Rejects with NOT_FOUND; NOT_SUPPORTED for an interface of another kind.
 */
export async function deleteLoopback(
  channel: Channel<Untyped>,
  itf: Interface | InterfaceRef,
  options: ExchangeOptions = {},
): Promise<Interface> {
  const found = await resolveInterface(channel, itf, options);
  const { name, swIfIndex, type } = found;
  if (type !== 'Loopback') {
    const text = `${name} is no loopback (${type}), and only those can be deleted`;
    throw new ObjectError('NOT_SUPPORTED', 'interface', text, { path: 'interface' });
  }
  await typed(channel).request('delete_loopback', { sw_if_index: swIfIndex }, options);
  return found;
}

/** Sets an interface up or down (`sw_interface_set_flags`). Rejects with NOT_FOUND. */
export async function setAdminUp(
  channel: Channel<Untyped>,
  itf: Interface | InterfaceRef,
  adminUp: boolean,
  options: ExchangeOptions = {},
): Promise<InterfaceChange> {
  const before = await resolveInterface(channel, itf, options);
  const fields = { sw_if_index: before.swIfIndex, flags: adminUp ? ADMIN_UP : 0 };
  await typed(channel).request('sw_interface_set_flags', fields, options);
  return { interface: { ...before, adminUp }, changed: before.adminUp !== adminUp };
}

async function checkInstance(channel: Channel<Untyped>, instance: number, options: ExchangeOptions): Promise<void> {
  const name = `loop${instance}`;
  if (!(await list(channel, options)).some((each) => each.name === name)) return;
  throw new ObjectError('EXISTS', 'interface', `there is a ${name} already`, { path: 'instance' });
}
