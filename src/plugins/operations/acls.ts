/** acl.list: access control lists, and the interfaces that have them. */

import { z } from 'zod';
import type { Implementation } from '../../agent/operations/implement.js';
import { operation } from '../../agent/operations/operation.js';
import type { Fields } from '../../mux/index.js';
import type { Mux } from '../govpp/token.js';
import { InterfaceTable, NO_INTERFACE } from './interface-table.js';
import { MAX_INDEX } from './values.js';
import { overVpp } from './vpp-call.js';

const ALL = 0xffffffff;
const ACTIONS = ['deny', 'permit', 'permit-reflect'] as const;
/** Numbers of those that rules are made for, and their names. */
const PROTOCOLS: Readonly<Record<number, string>> = { 0: 'any', 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmp6' };

const range = z.object({ first: z.int().describe('The lowest'), last: z.int().describe('The highest') });

export const aclList = operation({
  name: 'acl.list',
  access: 'read',
  summary: 'List the access control lists, and the interfaces that have them',
  description: 'ENOTSUP when acl_plugin.so is not loaded in VPP.',
  input: z.object({ index: z.int().min(0).max(MAX_INDEX).optional().describe('Only this one') }),
  output: z.object({
    acls: z
      .array(
        z.object({
          index: z.int().describe("VPP's number for it"),
          tag: z.string().describe('What it was tagged with'),
          rules: z
            .array(
              z.object({
                action: z.enum([...ACTIONS, 'unknown']).describe('permit-reflect: answers are let through, too'),
                source: z.string().describe('Where packets come from'),
                destination: z.string().describe('Where packets go to'),
                protocol: z.string().describe('any, icmp, tcp, udp, icmp6, or the number of another one'),
                sourcePorts: range.optional().describe('Of tcp and udp'),
                destinationPorts: range.optional().describe('Of tcp and udp'),
                icmpTypes: range.optional().describe('Of icmp and icmp6'),
                icmpCodes: range.optional().describe('Of icmp and icmp6'),
                tcpFlags: z
                  .object({
                    mask: z.int().describe('Which flags are looked at'),
                    value: z.int().describe('What those must be'),
                  })
                  .optional()
                  .describe('Of tcp, where flags are looked at'),
              }),
            )
            .describe('In the order in which they are tried; what fits none, of no list of an interface, is denied'),
          input: z.array(z.string()).describe('Interfaces whose incoming packets it judges'),
          output: z.array(z.string()).describe('Interfaces whose outgoing packets it judges'),
        }),
      )
      .describe('By index'),
  }),
  arguments: ['index'],
});

export function aclOperations(mux: Mux): readonly Implementation[] {
  return [
    overVpp(mux, aclList, async (vpp, { index = ALL }) => {
      vpp.need('acl_dump', 'acl_plugin.so', 'ACLs');
      const [lists, applied, interfaces] = await Promise.all([
        vpp.dump('acl_dump', { acl_index: index }),
        vpp.dump('acl_interface_list_dump', { sw_if_index: NO_INTERFACE }),
        InterfaceTable.read(vpp),
      ]);
      const acls = lists.map(({ acl_index, tag, r }) => {
        const holders = (of: (has: Fields) => readonly unknown[]) =>
          applied.filter((has) => of(has).includes(acl_index)).map((has) => interfaces.nameOf(Number(has.sw_if_index)));
        return {
          index: Number(acl_index),
          tag: String(tag),
          rules: (r as Fields[]).map(ruleOf),
          input: holders(({ acls, n_input }) => (acls as number[]).slice(0, Number(n_input))),
          output: holders(({ acls, n_input }) => (acls as number[]).slice(Number(n_input))),
        };
      });
      return { acls };
    }),
  ];
}

function ruleOf(rule: Fields) {
  const proto = Number(rule.proto);
  const protocol = PROTOCOLS[proto] ?? String(proto);
  const [first, second] = ['srcport_or_icmptype', 'dstport_or_icmpcode'].map((what) => ({
    first: Number(rule[`${what}_first`]),
    last: Number(rule[`${what}_last`]),
  }));
  const mask = Number(rule.tcp_flags_mask);
  return {
    action: ACTIONS[Number(rule.is_permit)] ?? 'unknown',
    source: String(rule.src_prefix),
    destination: String(rule.dst_prefix),
    protocol,
    ...((protocol === 'tcp' || protocol === 'udp') && { sourcePorts: first, destinationPorts: second }),
    ...(protocol.startsWith('icmp') && { icmpTypes: first, icmpCodes: second }),
    ...(protocol === 'tcp' && mask !== 0 && { tcpFlags: { mask, value: Number(rule.tcp_flags_value) } }),
  };
}
