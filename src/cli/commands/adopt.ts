import { Command } from 'commander';
import { adopt } from '../../wish/index.js';
import { ExitWith } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { addConnectionOptions, type ConnectionFlags } from '../options.js';
import { footer } from '../output/help-layout.js';
import { packageVersion } from '../version.js';
import { UNBOUNDED, withChannel } from '../with-channel.js';

const EXAMPLES = `
Examples:
  vppmux adopt > vpp.yaml && vppmux plan vpp.yaml
  vppmux adopt --socket /run/vpp/api.sock | diff vpp.yaml -

The file describes VPP as it is: applied there, it changes nothing. The part that vppcfg can read comes first; what its format cannot say
is in a second document. Objects that no key describes are listed in comments, and so is what the checks of vppcfg refuse although
VPP takes it: the exit code is 1 then. Keys of WireGuard and the like are in the file: keep it where others cannot read it.`;

export function adoptCommand(host: Host): Command {
  const command = new Command('adopt')
    .summary('write the wish that describes VPP as it is')
    .description('Reads what VPP has, and writes the wish that describes it.')
    .addHelpText('after', footer(EXAMPLES));
  return addConnectionOptions(command).action((flags: ConnectionFlags) =>
    withChannel(host, flags, { name: 'vppmux adopt', channel: UNBOUNDED }, async (vpp, channel) => {
      const { version } = await channel.request('show_version', {});
      const when = new Date().toISOString();
      const header = [`VPP ${version} at ${vpp.status.socket} on ${when}, written by vppmux ${packageVersion()}`];
      const { text, problems, differs, undescribed } = await adopt(channel, { header });
      await host.out.line(text.trimEnd());
      await host.out.flush();
      for (const { message, place } of problems) host.note(`line ${place.line}: ${message}`);
      if (problems.length > 0)
        host.note('VPP takes this, but a wish may not say it: mend the file before it is applied');
      if (differs.length > 0) host.note(`applying it would change ${count(differs.length)}: the comments name them`);
      if (undescribed.length > 0) host.note(`${count(undescribed.length)} not in the file: the comments name them`);
      if (problems.length + differs.length > 0) throw new ExitWith(EXIT.REFUSED);
    }),
  );
}

const count = (objects: number) => (objects === 1 ? '1 object' : `${objects} objects`);
