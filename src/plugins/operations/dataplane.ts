/** The operation dataplane.switch: lets the other one of two VPPs serve. */

import { z } from 'zod';
import { VppmuxError } from '../../mux/index.js';
import { fault, type Implementation, implement, type Mux, operation } from '../../sdk/index.js';

export const dataplaneSwitch = operation({
  name: 'dataplane.switch',
  access: 'write',
  summary: 'Let the other one of two dataplanes serve',
  description:
    'What is in flight is finished first. The one that is to serve must be healthy (else ENOTCONN, and nothing changes).' +
    ' After a switch to the backup there is no automatic fail-back until the backup fails.',
  input: z.object({ to: z.enum(['primary', 'backup']).describe('Which one is to serve') }),
  output: z.object({
    role: z.enum(['primary', 'backup']).describe('Which one serves now'),
    socket: z.string().describe('Its API socket'),
    changed: z.boolean().describe('False: it served already'),
  }),
  arguments: ['to'],
});

export function dataplaneOperations(mux: Mux): readonly Implementation[] {
  return [
    implement(dataplaneSwitch, async ({ client, log }, { to }) => {
      const before = mux.status.redundancy?.role;
      if (before !== undefined) log.warn(`${client.name} (${client.via}) asks for the ${to}`);
      try {
        await mux.switchTo(to);
      } catch (error) {
        if (!(error instanceof VppmuxError && error.code === 'BAD_OPTION')) throw error;
        throw fault('ENOTSUP', 'there is one dataplane only; "dataplanes" in govpp.conf names two');
      }
      const { socket, redundancy } = mux.status;
      const role = redundancy?.role ?? to;
      return { role, socket, changed: before !== role };
    }),
  ];
}
