import { Command } from 'commander';
import { addDataplaneOptions, type DataplaneFlags } from '../agents/agent-options.js';
import { ExitWith } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { parseTimeout } from '../option-values.js';
import { addDiagnosisOptions, type OutputFlags } from '../options.js';
import { footer } from '../output/help-layout.js';
import { AgentWishes, MOST_CHANGES } from '../wish/agent-wishes.js';
import { planLines, planSummary } from '../wish/plan-text.js';

const EXAMPLES = `
Examples:
  vppmux drift
  vppmux drift --json | jq -r '.changes[].key'
  vppmux drift > /dev/null || vppmux apply vpp.yaml

VPP is read now. The signs are those of vppmux plan: what the agent would do, if it mended everything; what it mends by itself says
auto-correct in desired-state.conf. The exit code is 0 where VPP is as wished, 2 where something differs, 1 where no wish was applied
and for wrong usage, 3 without an agent or without VPP.`;

interface DriftFlags extends DataplaneFlags, OutputFlags {
  readonly messages?: boolean;
  /** Milliseconds. */
  readonly timeout?: number;
}

export function driftCommand(host: Host): Command {
  const command = new Command('drift')
    .summary('show what in VPP is not as it was wished')
    .description('Compares VPP with the wish that a running agent has carried out.')
    .option('-m, --messages', 'show the messages that would mend it as well')
    .option('-t, --timeout <time>', 'longest wait for the agent (default 1m)', parseTimeout)
    .addHelpText('after', footer(EXAMPLES));
  return addDiagnosisOptions(addDataplaneOptions(command)).action(async (flags: DriftFlags) => {
    const options = { timeoutMs: flags.timeout };
    const drift = await new AgentWishes(host, flags).call('wish.drift', { most: MOST_CHANGES }, options);
    if (flags.json) await host.out.json(drift);
    else {
      const { width } = host.out;
      for (const line of planLines(drift, { width, messages: flags.messages })) await host.out.line(line);
      await host.out.flush();
      host.note(`wish ${drift.revision}: ${planSummary(drift)}`);
    }
    if (Object.values(drift.counts).some((count) => count > 0)) throw new ExitWith(EXIT.CHANGES);
  });
}
