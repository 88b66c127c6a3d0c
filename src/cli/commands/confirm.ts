import { Command } from 'commander';
import { addDataplaneOptions, type DataplaneFlags } from '../agents/agent-options.js';
import type { Host } from '../host.js';
import { parseCount } from '../option-values.js';
import { addDiagnosisOptions, type OutputFlags } from '../options.js';
import { footer } from '../output/help-layout.js';
import { AgentWishes } from '../wish/agent-wishes.js';

const EXAMPLES = `
Examples:
  vppmux confirm
  vppmux confirm 7    (only if it is wish 7 that waits)

The exit code is 0 where the wish is kept, also if it was confirmed before, and 1 where none waits, or another one.`;

export function confirmCommand(host: Host): Command {
  const command = new Command('confirm')
    .summary('keep the wish that was applied with --confirm')
    .description('Keeps the wish that would be taken back otherwise.')
    .argument('[wish]', 'its number, where it must be this one', parseCount)
    .addHelpText('after', footer(EXAMPLES));
  return addDiagnosisOptions(addDataplaneOptions(command)).action(
    async (revision: number | undefined, flags: DataplaneFlags & OutputFlags) => {
      const input = revision === undefined ? {} : { revision };
      const confirmed = await new AgentWishes(host, flags).call('wish.confirm', input);
      if (flags.json) return void (await host.out.json(confirmed));
      host.note(`wish ${confirmed.revision} ${confirmed.already ? 'was confirmed before' : 'is confirmed'}`);
    },
  );
}
