import { Command, Option } from 'commander';
import type { LogLevel } from '../../agent/index.js';
import { ExitWith, UsageError } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import { configuredOthers } from '../govpp-conf.js';
import type { Host } from '../host.js';
import { misspeltVariables, unknownOption } from '../misspelt.js';
import type { MockWhen } from '../mock/embedded-mock.js';
import { footer } from '../output/help-layout.js';
import { logText } from '../output/log-text.js';
import { packageVersion } from '../version.js';

const EXAMPLES = `
Examples:
  vppmux run --config-dir conf
  vppmux run --config-dir conf --mock always
  vppmux run --config-dir conf --http-config /etc/vppmux/http.conf \\
    --log-level debug
  vppmux run --config-dir conf --plugin ./lister.js --debug lister \\
    --lister-config lister.conf
  vppmux run --config-dir conf --plugin @acme/capture file=/tmp/x

Plugins run as agent.yaml lists them, then those of VPPMUX_PLUGINS (paths, separated by :), then those of --plugin.
SIGHUP makes the agent read its configuration again; so does a change of the files.

--<plugin>-config <file> names a plugin's configuration file; without it <PLUGIN>_CONFIG does, else <config-dir>/<plugin>.conf.
key=value behind a plugin is for what it calls its arguments; the keys of its configuration are not set that way.

--mock auto decides once, at the start: with no socket at VPP's usual place, and none named (--socket, govpp.conf, VPP_API_SOCKET), the
agent runs against a mock of its own. When VPP's socket appears later, the log says so, and the agent stays with the mock until it is
started again. For a socket that was named the agent waits, as it does where a socket is there and nobody listens on it.`;

interface RunFlags {
  readonly configDir?: string;
  readonly socket?: string;
  readonly mock: MockWhen;
  readonly logLevel?: LogLevel;
  readonly verbose?: boolean;
  /** References and their key=value arguments, as they came. */
  readonly plugin?: readonly string[];
  readonly debug?: readonly string[];
}

export function runCommand(host: Host): Command {
  return (
    new Command('run')
      .summary('run the agent')
      .description('Runs the agent with its plugins until Ctrl-C. It waits for VPP as long as it takes.')
      .option('-c, --config-dir <dir>', 'directory of agent.yaml and <plugin>.conf (default: none, all defaults)')
      .option(
        '-s, --socket <path>',
        "VPP's API socket, instead of binapi-socket-path in govpp.conf (without it: env VPP_API_SOCKET)",
      )
      .addOption(
        new Option('--mock <when>', 'run against a mock: when there is no VPP, not at all, or in any case')
          .choices(['auto', 'never', 'always'])
          .default('never'),
      )
      .option('--log-level <level>', 'trace, debug, info, warn, error, fatal or silent')
      .option('-v, --verbose', 'same as --log-level debug')
      .option('--debug <plugins...>', 'log level debug for these plugins alone')
      .option(
        '-p, --plugin <plugin...>',
        'a further plugin (path, npm package or short name), then its key=value arguments',
      )
      .addHelpText('after', footer(EXAMPLES))
      // An unknown option may be a plugin's --<name>-config.
      .allowUnknownOption()
      .argument('[plugin-options...]', 'any number of --<plugin>-config <file>')
      .action(async (args: string[], flags: RunFlags) => {
        const code = await run(host, args, flags);
        if (code !== EXIT.OK) throw new ExitWith(EXIT.REFUSED);
      })
  );
}

async function run(host: Host, args: readonly string[], flags: RunFlags): Promise<number> {
  // The agent and its libraries are loaded by the one command that needs them.
  const { createLog, LOG_LEVELS, pluginsOfFlags, runAgent, takeConfigFlags } = await import('../../agent/index.js');
  const { builtIns } = await import('../../plugins/index.js');
  const { keepRecord } = await import('../agents/record.js');
  const { portTaken } = await import('../agents/port-taken.js');
  const { mockIfWanted } = await import('../mock/embedded-mock.js');
  const { files, rest } = takeConfigFlags(args);
  if (rest.length > 0) {
    const { hasKey } = await import('../../agent/for-cli.js');
    const ownerOf = (key: string) =>
      Object.entries(builtIns).find(([, plugin]) => 'config' in plugin && hasKey(plugin.config, key))?.[0];
    throw new UsageError(unknownOption(rest[0], Object.keys(builtIns), ownerOf));
  }
  const logLevel = flags.logLevel ?? (flags.verbose ? 'debug' : undefined);
  if (logLevel !== undefined && !LOG_LEVELS.includes(logLevel)) {
    throw new UsageError(`--log-level ${logLevel}: it must be one of ${LOG_LEVELS.join(', ')}`);
  }
  const morePlugins = pluginsOfFlags(flags.plugin ?? []);
  if (typeof morePlugins === 'string') throw new UsageError(morePlugins);
  for (const line of misspeltVariables(host.io.env)) host.note(line);
  // The width of the window may change meanwhile.
  const layOut = (text: string) => logText(text, host.out.width);
  const log = createLog({ level: logLevel, layOut }).child({ plugin: 'mock' });
  const places = { files, env: host.io.env, dir: flags.configDir };
  const mock = await mockIfWanted(flags.mock, flags.socket, places, log);
  const socket = mock?.socket ?? flags.socket;
  try {
    return await runAgent({
      builtIns,
      configDir: flags.configDir,
      configFiles: files,
      env: host.io.env,
      logLevel,
      layOut,
      morePlugins,
      debug: flags.debug,
      // The stats socket of the files belongs to the VPP that they name.
      settings:
        socket === undefined
          ? {}
          : { govpp: { 'binapi-socket-path': socket, 'stats-socket-path': '', dataplanes: configuredOthers(places) } },
      signal: host.signal,
      attend: (agent) => keepRecord(agent, host.io.env, places),
      advise: (error) => portTaken(error, places),
      version: packageVersion(),
    });
  } finally {
    await mock?.stop();
  }
}
