/** The operation acl.list: access control lists, and the interfaces that have them. */

import { z } from 'zod';
import { type Implementation, type Mux, operation } from '../../sdk/index.js';
import { acls, MAX_INDEX } from '../../vpp/index.js';
import { overVpp } from './over-vpp.js';
import { cursorInput, cursorOutput, pageOf } from './pages.js';
import { cost, withCost } from './with-cost.js';

const range = z.object({ first: z.int().describe('The lowest'), last: z.int().describe('The highest') });

export const aclList = operation({
  name: 'acl.list',
  access: 'read',
  summary: 'List the access control lists, and the interfaces that have them',
  description: 'ENOTSUP when acl_plugin.so is not loaded in VPP.',
  input: z.object({ index: z.int().min(0).max(MAX_INDEX).optional().describe('Only this one'), ...cursorInput }),
  output: z.object({
    acls: z
      .array(
        z.object({
          index: z.int().describe("VPP's number for it"),
          tag: z.string().describe('What it was tagged with'),
          rules: z
            .array(
              z.object({
                action: z
                  .enum(['deny', 'permit', 'permit-reflect', 'unknown'])
                  .describe('permit-reflect: answers are let through, too'),
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
    ...cursorOutput,
    cost,
  }),
  arguments: ['index'],
});

export function aclOperations(mux: Mux): readonly Implementation[] {
  return [
    overVpp(mux, aclList, (channel, { index, ...cursor }, options) =>
      withCost(async () => {
        const found = await acls.list(channel, { ...options, index });
        const { page, ...rest } = pageOf(found, (acl) => acl.index, cursor);
        return { acls: [...page], ...rest, details: found.length };
      }),
    ),
  ];
}
