/** The prompt of VPP's command line: each command's answer, or its failure in VPP's words. */

import { type Channel, type Connection, RetvalError, VppmuxError } from '../../mux/index.js';
import { explain } from '../failure.js';
import type { Host } from '../host.js';
import type { OutputStream } from '../io.js';
import { History, historyFile } from '../prompt/history.js';
import { session } from '../prompt/session.js';
import { commandHoldsSecret } from '../repl/holds-secret.js';
import { commandRunner } from './commands.js';
import { commandNames, completions } from './completion.js';

/** The longest wait for Tab. */
const NAMES_MS = 2000;

/** Runs the session until Ctrl-D or `quit`. */
export function vppSession(host: Host, vpp: Connection, screen: OutputStream, verbose: boolean): Promise<void> {
  const channel = vpp.channel();
  const command = commandRunner(host, channel);
  return session(host, vpp, {
    screen,
    prompt: 'vpp# ',
    greeting: `commands go to VPP at ${vpp.status.socket}; help or ? lists them, Ctrl-D ends this`,
    history: new History(historyFile(host.io.env, 'cli-history'), commandHoldsSecret),
    complete: completing(channel),
    run: async (line, interrupted) => {
      try {
        await command(line, AbortSignal.any([host.signal, interrupted]));
      } catch (error) {
        if (host.signal.aborted || !(error instanceof VppmuxError)) throw error;
        if (!interrupted.aborted) host.complain(wordsOf(error, verbose));
      }
    },
  });
}

/** Shows a refusal in VPP's own words, as vppctl does. */
function wordsOf(error: VppmuxError, verbose: boolean): string {
  const words = error instanceof RetvalError && !verbose ? error.text.trimEnd() : '';
  return words === '' ? explain(error, verbose) : words;
}

/** Asks VPP for the names of its commands at the first Tab, and again where that failed. */
function completing(channel: Channel) {
  let names: Promise<string[][]> | undefined;
  return async (line: string): Promise<[string[], string]> => {
    names ??= channel
      .request('cli_inband', { cmd: '?' }, { signal: AbortSignal.timeout(NAMES_MS) })
      .then(({ reply }) => commandNames(String(reply)));
    try {
      return completions(await names, line);
    } catch {
      // No VPP, or it is busy: there is nothing to complete with.
      names = undefined;
      return [[], ''];
    }
  };
}
