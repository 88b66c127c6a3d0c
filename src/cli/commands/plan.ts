import { Command, Option } from 'commander';
import { addAgentOptions } from '../agents/agent-options.js';
import { ExitWith } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { addConnectionOptions, addDiagnosisOptions, type OutputFlags } from '../options.js';
import { footer } from '../output/help-layout.js';
import { GRAPH_FORMATS, type MadePlan, type PlanFlags, planFor } from '../wish/plan-sources.js';
import { planLines, planSummary } from '../wish/plan-text.js';
import { reportMistakes, wishText } from '../wish/wish-file.js';

const EXAMPLES = `
Examples:
  vppmux plan vpp.yaml
  vppmux plan vpp.yaml --messages                        (what would be sent)
  vppmux plan vpp.yaml --socket /run/vpp/api.sock        (no agent is asked)
  vppmux plan vpp.yaml --as-cli > vpp.exec               (what vppcfg would plan)
  vppmux plan vpp.yaml --graph dot | dot -Tsvg > vpp.svg  (a picture)
  vppmux plan vpp.yaml --json | jq '.changes[] | select(.action == "delete")'

Nothing is changed. + is created, ~ changed, - deleted; ! cannot be as wished. The exit code is 0 where nothing is to do, 2 where
something is, and 1 for a wish with mistakes and for wrong usage. An agent that runs is asked, since it knows what earlier wishes asked for;
without one VPP itself is read, and of what other programs have as well, as routes, nothing is deleted.`;

interface Flags extends PlanFlags, OutputFlags {
  readonly messages?: boolean;
}

export function planCommand(host: Host): Command {
  const command = new Command('plan')
    .summary('show what a wish would change in VPP')
    .description('Compares VPP with a wish, a file that says what VPP should be, and shows what would be changed.')
    .argument('<file>', 'the wish, in the format of vppcfg; - is stdin')
    .option('-m, --messages', 'show the messages as well')
    .addOption(
      new Option('--as-cli', "lines of VPP's command line, in the blocks of vppcfg").conflicts(['json', 'messages']),
    )
    .addOption(
      new Option('--graph <format>', 'the objects, their states and what they need, in place of the plan')
        .choices(GRAPH_FORMATS)
        .conflicts(['json', 'messages', 'asCli', 'agent']),
    )
    .addHelpText('after', footer(EXAMPLES));
  addDiagnosisOptions(addConnectionOptions(addAgentOptions(command)));
  return command.action(async (file: string, flags: Flags) => {
    const made = await planFor(host, await wishText(host, file), flags);
    const { errors } = made.mistakes;
    if (errors.length > 0 && flags.json) await host.out.json({ valid: false, errors });
    else await reportMistakes(host, file, made.mistakes);
    if (errors.length > 0) throw new ExitWith(EXIT.REFUSED);
    await show(host, made, flags);
    if (Object.values(made.plan.counts).some((count) => count > 0)) throw new ExitWith(EXIT.CHANGES);
  });
}

async function show(
  { io, out, note }: Host,
  { from, plan, refusal, cli, graph }: MadePlan,
  { json, messages }: Flags,
): Promise<void> {
  if (json) return void (await out.json({ ...plan, refusal }));
  const text = cli ?? graph;
  if (text) await out.line(text.trimEnd());
  if (text === undefined) for (const line of planLines(plan, { width: out.width, messages })) await out.line(line);
  await out.flush();
  if (io.stderr.isTTY) note(`asked: ${from}`);
  note(planSummary(plan));
  if (refusal !== undefined) note(`vppmux apply would refuse it: ${refusal}`);
}
