import { Command } from 'commander';
import { ask, begin, isOver, planAgents, readAgents, readNewest, wayBack, withGroupWishes } from '../../fleet/index.js';
import { ExitWith, UsageError } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import { followRollout } from '../fleet/follow-rollout.js';
import { addRolloutOptions, planOptions, type RolloutFlags } from '../fleet/rollout-options.js';
import { counted } from '../fleet/rollout-text.js';
import { type OpenFleet, withFleet } from '../fleet/with-fleet.js';
import type { Host } from '../host.js';
import { footer } from '../output/help-layout.js';
import { agree, canAsk } from '../wish/agree.js';

const COMMAND = 'vppmux fleet rollback';
const EXAMPLES = `
Examples:
  vppmux fleet rollback                 (takes back what is under way; else goes back by one generation)
  vppmux fleet rollback 9 --batch 5%    (rolls out the wishes of generation 9 again, as a new one)

Without --batch waves have the size of those of the newest generation. 0 is before the first one: the agents have the wish that they had
before the fleet's.`;

export function fleetRollbackCommand(host: Host): Command {
  const command = new Command('rollback')
    .summary('take a roll-out back, or go back to an earlier one')
    .description('Takes back the roll-out that is under way, or rolls out again what there was before.')
    .argument('[generation]', 'the one to go back to (default: the one before the newest that is done)', generationOf)
    .addHelpText('after', footer(EXAMPLES));
  return addRolloutOptions(command).action((to: number | undefined, flags: RolloutFlags) =>
    withFleet(host, flags, async (fleet) => {
      const newest = await readNewest(fleet.store, fleet.keys);
      const isUnderWay = newest !== undefined && !isOver(newest.state);
      if (!isUnderWay || to !== undefined) return goBack(host, fleet, to, flags);
      const { plan, state } = newest;
      const touched =
        state.wave === 0 ? 'no agent is touched yet' : `${counted(state.wave, 'wave')} of ${plan.waves} begun`;
      await mayGoOn(host, flags, `take generation ${plan.generation} back (${touched})?`);
      if (state.state !== 'taking-back') await ask(fleet.store, fleet.keys, 'take-back');
      if (!flags.detach) await followRollout(host, fleet, plan, { ...flags, command: COMMAND, isBack: true });
    }),
  );
}

async function goBack(host: Host, fleet: OpenFleet, to: number | undefined, flags: RolloutFlags): Promise<void> {
  const { store, keys } = fleet;
  let isAsked = false;
  const plan = await begin(store, keys, async () => {
    const way = await wayBack(store, keys, to);
    const { generation, groups, droppedGroups } = way;
    const seen = await readAgents(store, keys);
    const wanted = await withGroupWishes(store, keys, way, seen);
    const assigned = new Map([...seen].map(([label, { assignment }]) => [label, assignment]));
    const agents = planAgents({ wanted, assigned, batch: flags.batch ?? { count: way.waveSize } });
    const goal = generation === 0 ? 'before the first generation' : `to generation ${generation}`;
    if (!isAsked) await mayGoOn(host, flags, `go back ${goal}, with ${counted(agents.length, 'agent')}?`);
    isAsked = true;
    if (agents.length === 0 && droppedGroups.length === 0) return undefined;
    const options = planOptions(flags, fleet.person);
    const comment = options.comment ?? `back ${goal}`;
    const back = {
      comment,
      groups,
      droppedGroups: [...droppedGroups],
      ...(generation > 0 && { rollbackTo: generation }),
    };
    return { plan: { ...options, ...back, at: new Date().toISOString() }, agents };
  });
  if (plan === undefined) {
    host.note('nothing to do: all agents have these wishes');
    return;
  }
  if (!flags.json)
    host.note(`generation ${plan.generation}: ${counted(plan.agents, 'agent')} in ${counted(plan.waves, 'wave')}`);
  if (!flags.detach) await followRollout(host, fleet, plan, { ...flags, command: COMMAND });
}

/** @throws ExitWith where the person declines */
async function mayGoOn(host: Host, { yes }: RolloutFlags, question: string): Promise<void> {
  if (yes || !canAsk(host) || (await agree(host, question))) return;
  host.note('nothing was changed');
  throw new ExitWith(EXIT.REFUSED);
}

function generationOf(text: string): number {
  if (/^(0|[1-9]\d{0,7})$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is no number of a generation ("vppmux fleet history" has them)`);
}
