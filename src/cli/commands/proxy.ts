import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { LogLevel } from '../../agent/index.js';
import { parseDuration } from '../../duration.js';
import { ExitWith, UsageError } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { footer } from '../output/help-layout.js';
import { logText } from '../output/log-text.js';
import type { ProxySettings } from '../proxy/proxy-agent.js';
import { packageVersion } from '../version.js';

const EXAMPLES = `
Examples:
  vppmux proxy
  vppmux proxy --upstream /run/vpp/vpp.sock --listen /run/vpp/api.sock \\
    --group vpp --mode 0770
  vppmux proxy --listen /run/vppmux/ro.sock --access read --group monitor
  vppmux proxy --http 127.0.0.1:9191 --http-token /etc/vppmux/token

Programs in any language use the socket as if it were VPP's: they share one connection to VPP. Where VPP has its usual socket,
give it another name first: socksvr { socket-name /run/vpp/vpp.sock } in its startup.conf.

Started by systemd with a .socket unit, it takes the sockets of that in place of --listen, and their owner and permissions.

SIGTERM and Ctrl-C: it listens no more, waits for the clients up to --drain-timeout, undoes what is left of them at VPP and ends;
the second one ends it immediately. Without VPP it does not wait.

With --http: /clients, /status, /metrics, /readiness, and vppmux clients. The holder of the token in --http-token may also end
clients and pause them.`;

interface ProxyFlags extends ProxySettings {
  readonly exitWithUpstream?: boolean;
  readonly logLevel?: LogLevel;
  readonly verbose?: boolean;
}

export function proxyCommand(host: Host): Command {
  return new Command('proxy')
    .summary("listen for VPP's clients, which share one connection")
    .description("Listens on a socket that VPP's clients in any language can use in place of VPP's own, until Ctrl-C.")
    .option('-u, --upstream <path>', "VPP's own API socket", '/run/vpp/vpp.sock')
    .option('-l, --listen <path>', 'where to listen; a socket left behind is replaced', '/run/vpp/api.sock')
    .addOption(new Option('--access <access>', 'read: only what reads').choices(['read', 'write']).default('write'))
    .option('--mode <mode>', 'permissions of the socket', '0770')
    .option('--owner <user>', 'its owner, a name or a number (default: who runs this)')
    .option('--group <group>', 'its group')
    .option('--role <name>', 'its name, for the log and lists', 'api-socket')
    .option('--name <name>', 'name of the connection, as VPP shows it', 'vppmux')
    .option(
      '--api-dir <dir>',
      "VPP's .api.json files (env VPP_API_DIR; default: /usr/share/vpp/api, else VPP is asked)",
    )
    .option('--exit-with-upstream', 'end when VPP has gone, instead of waiting for it')
    .option('--drain-timeout <time>', 'how long SIGTERM waits for the clients', checkedDuration, '10s')
    .option('--http <address>', 'serve /clients, /status and /metrics there, as 127.0.0.1:9191')
    .option('--http-token <file>', 'a file with the token of callers that may end and pause clients')
    .option('--log-level <level>', 'trace, debug, info, warn, error, fatal or silent')
    .option('-v, --verbose', 'same as --log-level debug')
    .addHelpText('after', footer(EXAMPLES))
    .action(async (flags: ProxyFlags) => {
      const code = await run(host, flags);
      if (code !== EXIT.OK) throw new ExitWith(EXIT.REFUSED);
    });
}

async function run(host: Host, flags: ProxyFlags): Promise<number> {
  if (resolve(flags.upstream) === resolve(flags.listen)) {
    throw new UsageError(
      `--listen and --upstream are one socket, ${flags.listen}; VPP needs another one than its clients`,
    );
  }
  if (flags.httpToken !== undefined && flags.http === undefined) throw new UsageError('--http-token is for --http');
  const { LOG_LEVELS, runAgent } = await import('../../agent/index.js');
  const { proxyAgent } = await import('../proxy/proxy-agent.js');
  const { exitWithUpstream } = await import('../proxy/exit-with-upstream.js');
  const { keepRecord } = await import('../agents/record.js');
  const logLevel = flags.logLevel ?? (flags.verbose ? 'debug' : undefined);
  if (logLevel !== undefined && !LOG_LEVELS.includes(logLevel)) {
    throw new UsageError(`--log-level ${logLevel}: it must be one of ${LOG_LEVELS.join(', ')}`);
  }
  const ended = new AbortController();
  const { plugins, settings } = proxyAgent(flags, host.io.env);
  return runAgent({
    plugins: flags.exitWithUpstream ? [...plugins, exitWithUpstream(() => ended.abort())] : plugins,
    settings,
    // Nothing of the environment configures it.
    env: {},
    logLevel,
    layOut: (text) => logText(text, host.out.width),
    signal: AbortSignal.any([host.signal, ended.signal]),
    attend: (agent) => keepRecord(agent, host.io.env),
    version: packageVersion(),
  });
}

/** Checked here, and read by the plugin. */
function checkedDuration(text: string): string {
  if (parseDuration(text) !== undefined) return text;
  throw new InvalidArgumentError(`'${text}' is not a duration: write it with its unit, as 500ms, 5s or 1m.`);
}
