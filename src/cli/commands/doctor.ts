import { Command, Option } from 'commander';
import type { DoctorFlags } from '../doctor/target.js';
import { ExitWith } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { addDiagnosisOptions, type OutputFlags } from '../options.js';
import { report } from '../output/finding.js';
import { footer } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  vppmux doctor
  vppmux doctor --config-dir /etc/vppmux          (what the agent would connect to, and whether it would start)
  vppmux doctor --dataplane edge                  (one of several VPPs of the agent)
  sudo -u vppmux vppmux doctor                    (as the user that the agent runs as: permissions are theirs)
  vppmux doctor --json | jq -r 'select(.ok == "no") | .fix'

It changes nothing in VPP and takes 5 s at most. ✓ is well, ! worth a look or not checked, ✗ wrong: then the exit code is ${EXIT.UNWELL}.`;

export function doctorCommand(host: Host): Command {
  const command = new Command('doctor')
    .summary('find out why it does not work, and what to do about it')
    .description('Checks the way to VPP step by step, and says what to do about what is wrong.')
    .option(
      '-s, --socket <path>',
      "VPP's API socket (env VPP_API_SOCKET; default /run/vpp/api.sock, else that of the running agent)",
    )
    .option(
      '-c, --config-dir <dir>',
      'directory of agent.yaml and <plugin>.conf: checked, and govpp.conf names the socket',
    )
    .addOption(
      new Option(
        '--dataplane <name>',
        'one of several dataplanes: of --config-dir, else of the running agent (default: main)',
      ).conflicts('socket'),
    )
    .option('--api-dir <dir>', 'its .api.json files (env VPP_API_DIR; default: /usr/share/vpp/api, else VPP is asked)')
    .option(
      '--stats-socket <path>',
      "VPP's stats socket (default: stats-socket-path of govpp.conf, else stats.sock next to the API socket)",
    )
    .option('-v, --verbose', 'say what is going on, and show stack traces')
    .addHelpText('after', footer(EXAMPLES));
  addDiagnosisOptions(command);
  return command.action(async (flags: DoctorFlags & OutputFlags) => {
    // They know the agent and its libraries, which no other command needs.
    const { configToCheck, targetOf } = await import('../doctor/target.js');
    const { examine } = await import('../doctor/examine.js');
    const { thisMachine } = await import('../doctor/machine.js');
    const target = await targetOf(host, flags);
    const findings = examine({ target, ...configToCheck(host, flags), machine: thisMachine, signal: host.signal });
    if (!(await report(host, flags, findings))) throw new ExitWith(EXIT.UNWELL);
  });
}
