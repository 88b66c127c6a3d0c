import { Command } from 'commander';
import { NOTHING_SAID, saysNothing } from '../../wish/index.js';
import { AgentRequestError, ExitWith, UsageError } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { footer } from '../output/help-layout.js';
import { AgentWishes } from '../wish/agent-wishes.js';
import {
  addChangeOptions,
  type ChangeFlags,
  carriedOut,
  changeInput,
  endAs,
  showAndAsk,
} from '../wish/change-options.js';
import { nameOf, reportMistakes, wishText } from '../wish/wish-file.js';

const EXAMPLES = `
Examples:
  vppmux apply vpp.yaml
  vppmux apply vpp.yaml --confirm 120s              (goes back, unless "vppmux confirm" follows)
  vppmux apply vpp.yaml --yes --allow-deletions 40  (from a script)

A running agent carries it out and keeps it so: through restarts of VPP, and of itself. It shows what it would change, and asks where
there is a person at the terminal. The exit code is 0 where VPP is as wished, 1 where something is not, the wish has mistakes or it is
refused, and 3 without an agent, or where VPP is away: then the wish is saved, and carried out when VPP is there.`;

interface ApplyFlags extends ChangeFlags {
  readonly comment?: string;
}

export function applyCommand(host: Host): Command {
  const command = new Command('apply')
    .summary('have an agent make VPP what a wish says, and keep it so')
    .description('Has a running agent save a wish, a file that says what VPP should be, and carry it out.')
    .argument('<file>', 'the wish, in the format of vppcfg; - is stdin')
    .option('--comment <text>', 'a word for the history')
    .addHelpText('after', footer(EXAMPLES));
  return addChangeOptions(command).action(async (file: string, flags: ApplyFlags) => {
    const text = await wishText(host, file);
    if (saysNothing(text)) throw new UsageError(`${nameOf(file)} ${NOTHING_SAID}`);
    const agent = new AgentWishes(host, flags);
    const { valid, errors, warnings } = await agent.call('wish.validate', { text });
    if (!valid && flags.json) await host.out.json({ valid, errors });
    else await reportMistakes(host, file, { errors, warnings });
    if (!valid) throw new ExitWith(EXIT.REFUSED);
    await showAndAsk(host, await planOf(agent, { text }), flags);
    const input = { text, ...changeInput(flags), ...(flags.comment !== undefined && { comment: flags.comment }) };
    endAs(await carriedOut(host, flags, (options) => agent.call('wish.apply', input, options)));
  });
}

/** Undefined while VPP is away. */
export async function planOf(agent: AgentWishes, wish: { readonly text: string } | { readonly revision: number }) {
  try {
    return await agent.call('wish.plan', wish);
  } catch (error) {
    if (error instanceof AgentRequestError && error.agentCode === 'ENOTCONN') return undefined;
    throw error;
  }
}
