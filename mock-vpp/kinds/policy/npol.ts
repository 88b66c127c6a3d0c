/** Network policies: sets of addresses, rules, policies of rules, and the policies of interfaces. VPP dumps none of them; its CLI does. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Interface } from '../../dataplane/interfaces/interface.js';
import { Pool } from '../../dataplane/pool.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

/** Types of matches of a rule, from CIDR to IP set. */
const MATCH_TYPES = 4;
/** VPP's retval for a policy that there is not. */
const NO_SUCH_POLICY = 1;

/** `npol_ipset_type`. */
const SetType = { ADDRESS: 0, ADDRESS_AND_PORT: 1, PREFIX: 2 } as const;

const PROTOCOLS = new Map([
  [6, 'TCP'],
  [17, 'UDP'],
  [132, 'SCTP'],
]);

interface IpSet {
  readonly index: number;
  readonly type: number;
  /** Members as texts: one added twice is in it twice. */
  members: readonly string[];
}

/** A rule or a policy: what the last request said. */
interface Numbered {
  readonly index: number;
  fields: Fields;
}

export class NetworkPolicies {
  readonly ipSets = new Pool<IpSet>();
  readonly rules = new Pool<Numbered>();
  readonly policies = new Pool<Numbered>();
  /** The last npol_configure_policies of each interface. */
  readonly interfaces = new Map<Interface, Fields>();
}

export const npol = defineKind({
  name: 'npol',
  title: 'network policies',
  state: () => new NetworkPolicies(),
  interfaceDeleted: ({ interfaces }, itf) => void interfaces.delete(itf),
  handlers: {
    npol_get_version: () => ({ major: 0, minor: 0 }),

    npol_ipset_create: ({ type }, _, { ipSets }) => ({
      set_id: ipSets.add((index) => ({ index, type: Number(type), members: [] })).index,
    }),
    npol_ipset_add_del_members: (fields, _, { ipSets }) => {
      const set = ipSets.get(Number(fields.set_id));
      if (set === undefined) return Retval.NO_SUCH_ENTRY;
      const members = (fields.members as { val: Fields }[]).map(({ val }) => memberText(set.type, val));
      const named = new Set(members);
      set.members = fields.is_add ? [...set.members, ...members] : set.members.filter((each) => !named.has(each));
      return Retval.OK;
    },
    npol_ipset_delete: ({ set_id }, _, { ipSets }) => remove(ipSets, Number(set_id)),

    npol_rule_create: ({ rule }, _, { rules }) => {
      const retval = refusalOfRule(rule as Fields);
      return retval === Retval.OK ? { rule_id: add(rules, rule as Fields) } : { retval, rule_id: 0xffffffff };
    },
    // An id that there is not makes a new one, whose number VPP keeps to itself.
    npol_rule_update: ({ rule_id, rule }, _, { rules }) => {
      const retval = refusalOfRule(rule as Fields);
      if (retval === Retval.OK) update(rules, Number(rule_id), rule as Fields);
      return retval;
    },
    npol_rule_delete: ({ rule_id }, _, { rules }) => remove(rules, Number(rule_id)),

    // Rules are not looked at.
    npol_policy_create: ({ rules }, _, { policies }) => ({ policy_id: add(policies, { rules }) }),
    npol_policy_update: ({ policy_id, rules }, _, { policies }) => {
      update(policies, Number(policy_id), { rules });
      return Retval.OK;
    },
    npol_policy_delete: ({ policy_id }, _, { policies }) => remove(policies, Number(policy_id)),

    npol_configure_policies: (fields, { dataplane }, { policies, interfaces }) => {
      const itf = dataplane.interfaces.get(Number(fields.sw_if_index));
      if (itf === undefined) return Retval.INVALID_SW_IF_INDEX;
      // VPP dies when the two numbers are more than there are.
      if (Number(fields.num_rx_policies) + Number(fields.num_tx_policies) > Number(fields.total_ids))
        return NO_SUCH_POLICY;
      if ((fields.policy_ids as number[]).some((id) => policies.get(id) === undefined)) return NO_SUCH_POLICY;
      interfaces.set(itf, fields);
      return Retval.OK;
    },
  },
  commands: {
    'show npol ipsets': {
      help: 'show npol ipsets',
      run: ({ ipSets }) => [...ipSets.values()].map((set) => `${setText(set)}\n`).join(''),
    },
    'show npol policies': {
      help: 'show npol policies',
      run: ({ policies }) =>
        [...policies.values()]
          .map(({ index, fields }) => {
            const inbound = (fields.rules as Fields[]).filter(({ is_inbound }) => is_inbound).length;
            const outbound = (fields.rules as Fields[]).length - inbound;
            return `[policy#${index}] rx-rules:${inbound} tx-rules:${outbound}\n`;
          })
          .join(''),
    },
  },
});

function add(pool: Pool<Numbered>, fields: Fields): number {
  return pool.add((index) => ({ index, fields })).index;
}

function update(pool: Pool<Numbered>, index: number, fields: Fields): void {
  const known = pool.get(index);
  if (known === undefined) add(pool, fields);
  else known.fields = fields;
}

function remove(pool: Pool<{ readonly index: number }>, index: number): number {
  if (pool.get(index) === undefined) return Retval.NO_SUCH_ENTRY;
  pool.remove(index);
  return Retval.OK;
}

/** Checks the types of the matches; those of filters and the action may be any. */
function refusalOfRule({ matches }: Fields): number {
  return (matches as Fields[]).every(({ type }) => Number(type) < MATCH_TYPES) ? Retval.OK : Retval.UNSPECIFIED;
}

/** A member in the words of VPP's CLI. */
function memberText(type: number, { address, prefix, tuple }: Fields): string {
  if (type === SetType.ADDRESS) return String(address);
  if (type === SetType.PREFIX) return String(prefix);
  if (type !== SetType.ADDRESS_AND_PORT) return 'unknown type';
  const { address: host, l4_proto, port } = tuple as Fields;
  return `${protocolName(Number(l4_proto))} ${host};${port}`;
}

const protocolName = (protocol: number) => PROTOCOLS.get(protocol) ?? `unknown ${protocol}`;

function setText({ index, type, members }: IpSet): string {
  const name = ['ip', 'ip+port', 'prefix'][type] ?? 'unknownipsettype';
  return `[ipset#${index};${name};${members.map((member) => `${member},`).join('')}]`;
}
