import { Command } from 'commander';
import {
  beginApply,
  isOver,
  type PlannedAgent,
  type PreparedWishes,
  prepareWishes,
  previewAgents,
  readFleetFolder,
  readNewest,
} from '../../fleet/index.js';
import { ExitWith } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import { followRollout } from '../fleet/follow-rollout.js';
import { reportFleetMistakes } from '../fleet/report-mistakes.js';
import { addRolloutOptions, planOptions, type RolloutFlags } from '../fleet/rollout-options.js';
import { counted } from '../fleet/rollout-text.js';
import { type OpenFleet, withFleet } from '../fleet/with-fleet.js';
import type { Host } from '../host.js';
import { footer } from '../output/help-layout.js';
import { agree, canAsk } from '../wish/agree.js';

const EXAMPLES = `
Examples:
  vppmux fleet apply fleet/ --batch 5% --confirm 5m
  vppmux fleet apply fleet/ --prune --yes           (from a script)

The folder has agents/LABEL.yaml, and for groups defaults/GROUP.yaml and fleet.yaml. Agents that have their wish already are not touched. It
drives the roll-out, if nobody else does, until it is done; killed, any other driver goes on. The exit code is 0 where it is done, 1
where it was taken back, refused or declined, or the files have mistakes.`;

interface ApplyFlags extends RolloutFlags {
  readonly prune?: boolean;
  readonly all?: boolean;
}

/** Labels that a note names. */
const NAMED = 5;

export function fleetApplyCommand(host: Host): Command {
  const command = new Command('apply')
    .summary('roll out what the files of a folder say, in waves')
    .description('Rolls the wishes of a folder out to the agents of a fleet, in waves; a bad wave takes it back.')
    .argument('<folder>', 'the files: agents/, defaults/ and fleet.yaml')
    .option('--prune', 'agents and groups without a file lose their wish')
    .option('--all', 'roll it out to agents that have it already, too')
    .addHelpText('after', footer(EXAMPLES));
  return addRolloutOptions(command).action(async (folder: string, flags: ApplyFlags) => {
    const files = readFleetFolder(folder);
    if (files.mistakes.length > 0) await refuse(host, folder, files, flags);
    await withFleet(host, { ...flags, create: true }, async (fleet) => {
      const prepared = await prepareWishes(fleet.store, fleet.keys, files);
      if (prepared.mistakes.length > 0) await refuse(host, folder, prepared, flags);
      await reportFleetMistakes(host, folder, { mistakes: [], warnings: prepared.warnings });
      const { prune = false, all = false } = flags;
      const batch = flags.batch ?? files.options.batch;
      const options = {
        ...planOptions(flags, fleet.person, files.options),
        prune,
        isAll: all,
        ...(batch && { batch }),
      };
      await showAndAsk(host, fleet, prepared, previewAgents(prepared, options), {
        ...flags,
        allowAway: options.allowAway,
      });
      const plan = await beginApply(fleet.store, fleet.keys, prepared, options);
      if (plan === undefined) {
        if (flags.json) await host.out.json({ agents: 0 });
        else host.note('nothing to do: all agents have the wishes of these files');
        return;
      }
      const what = `${counted(plan.agents, 'agent')} in ${counted(plan.waves, 'wave')}`;
      if (!flags.json) host.note(`generation ${plan.generation}: ${plan.agents === 0 ? 'groups alone' : what}`);
      if (flags.detach) {
        if (flags.json) await host.out.json(plan);
        return;
      }
      await followRollout(host, fleet, plan, { ...flags, command: 'vppmux fleet apply' });
    });
  });
}

async function refuse(
  host: Host,
  folder: string,
  found: Pick<PreparedWishes, 'mistakes'>,
  { json }: ApplyFlags,
): Promise<never> {
  if (json) await host.out.json({ valid: false, errors: found.mistakes });
  else await reportFleetMistakes(host, folder, found);
  throw new ExitWith(EXIT.REFUSED);
}

async function showAndAsk(
  host: Host,
  { store, keys }: OpenFleet,
  { seen, unnamed, unknown, agents }: PreparedWishes,
  planned: readonly PlannedAgent[],
  { json, yes, prune, allowAway }: ApplyFlags,
): Promise<void> {
  const newest = await readNewest(store, keys);
  // It will be refused, with the reason.
  if (newest !== undefined && !isOver(newest.state)) return;
  const away = planned.filter(({ label }) => seen.get(label)?.state === undefined).map(({ label }) => label);
  const removed = planned.filter(({ wishes }) => wishes === undefined).map(({ label }) => label);
  if (!json) {
    const waves = planned.at(-1)?.wave ?? 0;
    if (planned.length > 0) {
      const rest = agents.size - (planned.length - removed.length);
      const others = rest > 0 ? `; ${rest} have their wish already` : '';
      host.note(
        `${counted(planned.length, 'agent')} in ${counted(waves, 'wave')}: ${listed(planned.map(({ label }) => label))}${others}`,
      );
    }
    if (away.length > 0)
      host.note(
        `${listed(away)}: not connected${allowAway ? '' : ', so that their wave fails, unless they come or --allow-away is given'}`,
      );
    if (removed.length > 0) host.note(`${listed(removed)}: no file any more, so that they lose their wish`);
    if (unnamed.length > 0 && !prune)
      host.note(`${listed(unnamed)}: no file; they stay as they are (--prune takes their wish)`);
    if (unknown.length > 0) host.note(`${listed(unknown)}: not connected, and no file; they stay as they are`);
  }
  if (planned.length === 0 || yes || !canAsk(host)) return;
  if (await agree(host, `roll it out to ${counted(planned.length, 'agent')}?`)) return;
  host.note('nothing was changed');
  throw new ExitWith(EXIT.REFUSED);
}

function listed(labels: readonly string[]): string {
  const more = labels.length - NAMED;
  return more > 0 ? `${labels.slice(0, NAMED).join(', ')} and ${more} more` : labels.join(', ');
}
