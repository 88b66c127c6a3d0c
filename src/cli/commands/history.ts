import { Command } from 'commander';
import { addDataplaneOptions, type DataplaneFlags } from '../agents/agent-options.js';
import type { Host } from '../host.js';
import { showTable } from '../op/show-output.js';
import { parseCount } from '../option-values.js';
import { addOutputOptions, isReadable, type OutputFlags } from '../options.js';
import { footer } from '../output/help-layout.js';
import { AgentWishes } from '../wish/agent-wishes.js';
import { stepsTo } from '../wish/earlier-wishes.js';

const EXAMPLES = `
Examples:
  vppmux history
  vppmux history 17 > vpp.yaml    (the wish of that number; needs the write-token, since it may hold secrets)
  vppmux history --json | jq -r 'select(.state == "taken-back").revision'

Column "back" has the number that vppmux rollback takes.`;

interface HistoryFlags extends DataplaneFlags, OutputFlags {
  readonly limit: number;
}

export function historyCommand(host: Host): Command {
  const command = new Command('history')
    .summary('list the wishes that were applied')
    .description('Lists the wishes that an agent has carried out, the newest first, or prints one.')
    .argument('[wish]', 'number of the one to print', parseCount)
    .option('-n, --limit <count>', 'how many at most', parseCount, 50)
    .addHelpText('after', footer(EXAMPLES));
  return addOutputOptions(addDataplaneOptions(command)).action(
    async (revision: number | undefined, flags: HistoryFlags) => {
      const agent = new AgentWishes(host, flags);
      if (revision !== undefined) {
        const { text } = await agent.call('wish.show', { revision });
        return void (await host.out.line(text.replace(/\n$/, '')));
      }
      const { wishes } = await agent.call('wish.history', { limit: flags.limit });
      if (!isReadable(host, flags)) {
        for (const wish of wishes) await host.out.json(wish);
        return;
      }
      const back = stepsTo(wishes);
      const rows = wishes.map((wish) => ({
        wish: wish.revision,
        back: back.get(wish),
        at: wish.at.slice(0, 'yyyy-mm-ddThh:mm:ss'.length).replace('T', ' '),
        state: wish.state,
        by: wish.by,
        comment: wish.comment,
      }));
      await showTable(host, rows, ['wish', 'back', 'at', 'state', 'by']);
    },
  );
}
