import { Command } from 'commander';
import { agentUrl } from '../agents/agent-address.js';
import { type AgentFlags, addAgentOptions, authorization } from '../agents/agent-options.js';
import { refusal, stranger } from '../agents/refusals.js';
import { AgentRequestError, ExitWith } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { parseTimeout } from '../option-values.js';
import { addDiagnosisOptions, type OutputFlags } from '../options.js';
import { footer } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  vppmux status
  vppmux status --agent 127.0.0.1:9292
  vppmux status --json | jq -r .vpp.version
  vppmux status --watch                                      (until Ctrl-C; in a pipe a line for each change)
  until vppmux status >/dev/null 2>&1; do sleep 1; done      (wait until the agent is ready)

The exit code is ${EXIT.OK} when the agent is ready, as its /readiness says, ${EXIT.REFUSED} when it is not, ${EXIT.NO_CONNECTION} when there is no agent or it does not let
you look.`;
const TIMEOUT = 5000;

interface StatusFlags extends OutputFlags, AgentFlags {
  /** Milliseconds. */
  readonly timeout?: number;
  readonly watch?: boolean;
}

export function statusCommand(host: Host): Command {
  const command = new Command('status')
    .summary('show how a running agent and its parts are')
    .description('Shows whether a running agent is ready, which VPP it has, and how each of its parts is.')
    .option('-t, --timeout <time>', 'longest wait for its answer, as 500ms or 5s (default 5s)', parseTimeout)
    .option('-w, --watch', 'go on, and show each change, also when the agent goes and comes back')
    .option('-v, --verbose', 'show stack traces')
    .addHelpText('after', footer(EXAMPLES));
  return addDiagnosisOptions(addAgentOptions(command)).action(async (flags: StatusFlags) => {
    const url = agentUrl(host, flags);
    if (flags.watch) {
      // ws is loaded only where it is needed.
      const { watchStatus } = await import('../status/watch-status.js');
      const asking = { headers: authorization(host, flags), timeoutMs: flags.timeout ?? TIMEOUT };
      return watchStatus(host, url, asking, !flags.json);
    }
    const { isReady, isStatus, statusLines } = await import('../status/shown-status.js');
    const body = await statusOf(host, url, flags);
    const status = parsed(body);
    if (!isStatus(status)) throw stranger(url, 'something else than a status');
    if (flags.json) await host.out.json(status);
    else for (const line of statusLines(status, Date.now(), host.out.width)) await host.out.line(line);
    if (!isReady(status)) throw new ExitWith(EXIT.REFUSED);
  });
}

async function statusOf(host: Host, url: URL, flags: StatusFlags): Promise<string> {
  const { ask } = await import('../agents/read-status.js');
  const { unreachable } = await import('../agents/refusals.js');
  const asking = { signal: host.signal, patienceMs: flags.timeout ?? TIMEOUT, headers: authorization(host, flags) };
  const { statusCode, body } = await ask(new URL('/status', url), asking).catch((error) => {
    if (host.signal.aborted) throw error;
    if (error.code === 'ETIMEDOUT')
      throw new AgentRequestError(`the agent at ${url.host}: ${error.message}`, EXIT.TIMEOUT);
    throw unreachable(url.host, error);
  });
  if (statusCode === 200) return body;
  throw refusal(url, statusCode);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
