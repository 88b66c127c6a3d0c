import { Command } from 'commander';
import type { WishCalls } from '../../plugins/protocol.js';
import { addDataplaneOptions, type DataplaneFlags } from '../agents/agent-options.js';
import { ExitWith } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { addDiagnosisOptions, type OutputFlags } from '../options.js';
import { hanging } from '../output/hanging.js';
import { footer } from '../output/help-layout.js';
import { AgentWishes } from '../wish/agent-wishes.js';
import { countsText, outcomeLines, timeText, unconfirmedText } from '../wish/outcome-text.js';

const EXAMPLES = `
Examples:
  vppmux wish
  vppmux wish --objects --match 'address/*'
  until vppmux wish > /dev/null; do sleep 1; done     (wait until VPP is as wished)

It is what the agent knows; vppmux drift reads VPP. The exit code is 0 where VPP is as wished, 1 where it is not, or no wish was applied.`;

type Status = WishCalls['wish.status']['output'];

interface WishFlags extends DataplaneFlags, OutputFlags {
  readonly objects?: boolean;
  readonly match?: string;
}

export function wishCommand(host: Host): Command {
  const command = new Command('wish')
    .summary('show how far the wish of an agent is carried out')
    .description('Shows which wish an agent carries out, and whether VPP is as wished.')
    .option('--objects', 'list the objects of the wish with their states')
    .option('--match <pattern>', 'only objects whose keys fit; * stands for any characters')
    .addHelpText('after', footer(EXAMPLES));
  return addDiagnosisOptions(addDataplaneOptions(command)).action(async (flags: WishFlags) => {
    const agent = new AgentWishes(host, flags);
    const lists = flags.objects === true || flags.match !== undefined;
    const status = await statusOf(agent, lists ? { objects: true, match: flags.match } : {});
    if (flags.json) await host.out.json(status);
    else for (const line of statusLines(status, host.out.width)) await host.out.line(line);
    if (status.state !== 'applied') throw new ExitWith(EXIT.REFUSED);
  });
}

/** All pages of it. */
async function statusOf(agent: AgentWishes, query: WishCalls['wish.status']['input']): Promise<Status> {
  const { next, ...status } = await agent.call('wish.status', query);
  const objects = [...(status.objects ?? [])];
  for (let after = next; after !== undefined; ) {
    const page = await agent.call('wish.status', { ...query, after });
    objects.push(...(page.objects ?? []));
    after = page.next;
  }
  return { ...status, ...(status.objects && { objects }) };
}

function* statusLines(status: Status, width: number): Generator<string> {
  const { state, reason, revision, since, unconfirmed, counts, checkedAt, nextCheckAt, autoCorrect } = status;
  const rows: [string, string][] = [['state:', reason === '' ? state : `${state}: ${reason}`]];
  if (revision !== undefined) rows.push(['wish:', `${revision}${since === undefined ? '' : `, since ${since}`}`]);
  if (unconfirmed !== undefined) rows.push(['waits:', unconfirmedText(unconfirmed)]);
  if (revision !== undefined) rows.push(['objects:', countsText(counts)]);
  const next = nextCheckAt === undefined ? '' : `, next at ${timeText(nextCheckAt)}`;
  if (checkedAt !== undefined) rows.push(['read:', `${timeText(checkedAt)}${next}`]);
  rows.push(['mended:', MENDED[autoCorrect]]);
  yield* hanging(rows, width);
  if (status.objects === undefined) yield* outcomeLines(status, width);
  else {
    const states = status.objects.map((each) => [each.state, each.key, each.reason ?? '']);
    yield* hanging(states, width);
  }
}

const MENDED: Readonly<Record<Status['autoCorrect'], string>> = {
  never: 'nothing that others change (auto-correct: never)',
  safe: 'what others change, where nothing is deleted and no worker stops (auto-correct: safe)',
  all: 'all that others change (auto-correct: all)',
};
