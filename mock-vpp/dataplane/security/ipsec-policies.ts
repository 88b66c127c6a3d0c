/** IPsec policies in databases (SPDs), which interfaces use. As VPP keeps them, with what it forgets to undo. */
import type { Fields } from '../../../src/mux/internal.js';
import { Retval } from '../../retvals.js';
import { parsePrefix } from '../l3/ip.js';
import { Pool } from '../pool.js';
import type { SecurityAssociation, SecurityAssociations } from './ipsec-sas.js';

/** `ipsec_spd_action`. */
export const Action = { BYPASS: 0, DISCARD: 1, RESOLVE: 2, PROTECT: 3 } as const;

/** Protocol number that stands for all. */
const ANY_PROTOCOL = 255;
/** A database keeps its policies in eight lists, in the order of a dump. */
const LISTS = 8;
const INBOUND_LISTS: Readonly<Record<number, number>> = {
  [Action.PROTECT]: 2,
  [Action.BYPASS]: 4,
  [Action.DISCARD]: 6,
};

export interface Policy {
  readonly index: number;
  /** Fields of `ipsec_spd_entry`. */
  readonly entry: Fields;
  readonly sa?: SecurityAssociation;
}

interface Database {
  readonly index: number;
  readonly id: number;
  readonly lists: readonly Policy[][];
}

export class PolicyDatabases {
  /** sw_if_index → index of the database there. An interface that is deleted leaves it to the next with its index. */
  readonly byInterface = new Map<number, number>();
  private readonly pool = new Pool<Database>();
  private readonly policies = new Pool<Policy>();

  constructor(private readonly sas: SecurityAssociations) {}

  values(): Iterable<Database> {
    return this.pool.values();
  }

  find(id: number): Database | undefined {
    return [...this.pool.values()].find((each) => each.id === id);
  }

  add(id: number): void {
    this.pool.add((index) => ({ index, id, lists: Array.from({ length: LISTS }, () => []) }));
  }

  /** Removes a database, also from interfaces. Its policies keep their indices, and their associations locked. */
  remove({ index }: Database): void {
    for (const [swIfIndex, at] of this.byInterface) if (at === index) this.byInterface.delete(swIfIndex);
    this.pool.remove(index);
  }

  /** Adds a policy before those of its priority; refuses to protect by an unknown association. */
  addPolicy({ lists }: Database, entry: Fields): Policy | number {
    const sa = Number(entry.policy) === Action.PROTECT ? this.sas.acquire(Number(entry.sa_id)) : undefined;
    if (sa === undefined && Number(entry.policy) === Action.PROTECT) return Retval.SYSCALL_ERROR_1;
    const list = lists[listOf(entry)];
    const at = list.findIndex((each) => Number(each.entry.priority) <= Number(entry.priority));
    const policy = this.policies.add((index) => ({ index, entry, ...(sa && { sa }) }));
    list.splice(at < 0 ? list.length : at, 0, policy);
    return policy;
  }

  /** Removes the first policy with all these fields, if there is one. */
  removePolicy({ lists }: Database, entry: Fields): void {
    const list = lists[listOf(entry)];
    const at = list.findIndex((each) => Object.entries(entry).every(([name, value]) => each.entry[name] === value));
    const [policy] = at < 0 ? [] : list.splice(at, 1);
    if (policy === undefined) return;
    if (policy.sa !== undefined) this.sas.unlock(policy.sa);
    this.policies.remove(policy.index);
  }
}

/** An entry of the first version: its protocol 0 is any. */
export const withAnyProtocol = (entry: Fields): Fields => ({ ...entry, protocol: entry.protocol || ANY_PROTOCOL });

/** The details of a policy; an IPv6 address without its first twelve bytes comes back as IPv4. */
export function detailsOf({ entry }: Policy): Fields {
  const addresses = Object.entries(entry).filter(([name]) => name.includes('_address_'));
  return { entry: { ...entry, ...Object.fromEntries(addresses.map(([name, value]) => [name, shown(String(value))])) } };
}

function shown(address: string): string {
  const { bytes } = parsePrefix(address);
  return bytes.length === 16 && bytes.subarray(0, 12).every((byte) => byte === 0)
    ? bytes.subarray(12).join('.')
    : address;
}

/** Outbound, then inbound to protect, bypass and discard; each of IPv4 and IPv6, as the first remote address is. */
function listOf(entry: Fields): number {
  const v6 = String(entry.remote_address_start).includes(':') ? 1 : 0;
  if (entry.is_outbound) return v6;
  return (INBOUND_LISTS[Number(entry.policy)] ?? 0) + v6;
}
