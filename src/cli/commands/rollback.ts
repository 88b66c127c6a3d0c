import { Command } from 'commander';
import { UsageError } from '../errors.js';
import type { Host } from '../host.js';
import { parseCount } from '../option-values.js';
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
import { earlierWish } from '../wish/earlier-wishes.js';
import { planOf } from './apply.js';

const EXAMPLES = `
Examples:
  vppmux rollback                 (to the wish before; one that waits for "vppmux confirm" is taken back)
  vppmux rollback 2               (two wishes back: the numbers are in the column "back" of vppmux history)
  vppmux rollback --wish 17       (to the wish of that number)

The exit codes are those of vppmux apply.`;

interface RollbackFlags extends ChangeFlags {
  readonly wish?: number;
}

export function rollbackCommand(host: Host): Command {
  const command = new Command('rollback')
    .summary('go back to an earlier wish')
    .description('Has a running agent carry out an earlier wish again.')
    .argument('[steps]', 'how many wishes to go back (default 1)', parseCount)
    .option('--wish <number>', 'the wish to go back to', parseCount)
    .addHelpText('after', footer(EXAMPLES));
  return addChangeOptions(command).action(async (steps: number | undefined, flags: RollbackFlags) => {
    if (steps !== undefined && flags.wish !== undefined)
      throw new UsageError('give either a number of steps or --wish');
    const agent = new AgentWishes(host, flags);
    const { wishes } = await agent.call('wish.history', { limit: 1000 });
    const { revision, isUnconfirmed } = earlierWish(wishes, { steps, revision: flags.wish });
    host.note(`back to wish ${revision}`);
    await showAndAsk(host, await planOf(agent, { revision }), flags);
    // An unconfirmed wish is taken back, and leaves no new one: that is what no input means.
    const input = isUnconfirmed ? changeInput(flags) : { revision, ...changeInput(flags) };
    endAs(await carriedOut(host, flags, (options) => agent.call('wish.rollback', input, options)));
  });
}
