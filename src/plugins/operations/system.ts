/** The operations system.version and system.cli. */

import { z } from 'zod';
import { bounded } from '../../printable.js';
import { type AgentInfo, fault, type Implementation, type Mux, operation } from '../../sdk/index.js';
import { system } from '../../vpp/index.js';
import { overVpp } from './over-vpp.js';

/** Characters of VPP's output that the error of a refused command has. */
const SAID = 4000;

const isOneLine = (text: string) => text.trim() !== '' && !['\n', '\r', '\0'].some((sign) => text.includes(sign));

export const systemVersion = operation({
  name: 'system.version',
  access: 'read',
  summary: 'Tell the versions of VPP and of the agent',
  input: z.object({}),
  output: z.object({
    program: z.string().describe('What VPP calls itself'),
    version: z.string().describe("VPP's version, such as 26.06-release"),
    buildDate: z.string().describe('When VPP was built'),
    buildDirectory: z.string().describe('Where VPP was built'),
    agent: z.string().describe('Name of the agent'),
    agentVersion: z.string().describe('Version of the agent'),
  }),
});

export const systemCli = operation({
  name: 'system.cli',
  access: 'write',
  summary: "Run a command of VPP's own command line",
  description:
    'Off unless operations.conf says "cli: true": whoever may call it can do anything to VPP. A command that VPP does not' +
    ' understand, or that fails, is EINVAL with what VPP said.',
  input: z.object({
    command: z.string().refine(isOneLine, 'must be one line of text').describe('The command, such as "show interface"'),
  }),
  output: z.object({ output: z.string().describe('What VPP printed') }),
  arguments: ['command'],
});

export function systemOperations(mux: Mux, agent: AgentInfo, mayCli: () => boolean): readonly Implementation[] {
  return [
    overVpp(mux, systemVersion, async (channel, _, options) => ({
      ...(await system.version(channel, options)),
      agent: agent.name,
      agentVersion: agent.version,
    })),

    overVpp(mux, systemCli, async (channel, { command }, options) => {
      if (!mayCli()) throw fault('EPERM', 'system.cli is off; "cli: true" in operations.conf turns it on');
      const { retval, output } = await system.cli(channel, command, options);
      if (retval === 0) return { output };
      const said = bounded(output.trim(), SAID);
      throw fault('EINVAL', `VPP refused the command "${command}": ${said === '' ? `it said ${retval}` : said}`);
    }),
  ];
}
