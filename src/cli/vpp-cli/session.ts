/** A session at the prompt: each command's answer or failure, and changes of the connection in between. */

import { setImmediate } from 'node:timers/promises';
import { type Channel, type Connection, RetvalError, VppmuxError } from '../../mux/index.js';
import { reportState } from '../connection.js';
import { explain } from '../failure.js';
import type { Host } from '../host.js';
import type { Io, OutputStream } from '../io.js';
import { commandRunner } from './commands.js';
import { commandNames, completions } from './completion.js';
import { History, historyFile } from './history.js';
import { Prompt } from './prompt.js';

/** The longest wait for Tab. */
const NAMES_MS = 2000;

/** The stream to show a prompt on; undefined when stdin is no terminal. */
export function screenOf({ stdin, stdout, stderr }: Io): OutputStream | undefined {
  return (stdin as { isTTY?: boolean }).isTTY ? [stdout, stderr].find(({ isTTY }) => isTTY) : undefined;
}

/** Runs the session until Ctrl-D or `quit`. */
export async function session(host: Host, vpp: Connection, screen: OutputStream, verbose: boolean): Promise<void> {
  const channel = vpp.channel();
  const command = commandRunner(host, channel);
  host.note(`commands go to VPP at ${vpp.status.socket}; help or ? lists them, Ctrl-D ends this`);
  // Above the prompt.
  await setImmediate();
  const prompt = new Prompt({
    input: host.io.stdin,
    output: screen,
    signal: host.signal,
    history: new History(historyFile(host.io.env)),
    hint: () => host.note('Ctrl-D or quit ends this'),
    complete: completing(channel),
    run: async (line, interrupted) => {
      try {
        await command(line, AbortSignal.any([host.signal, interrupted]));
      } catch (error) {
        if (host.signal.aborted || !(error instanceof VppmuxError)) throw error;
        if (!interrupted.aborted) host.complain(wordsOf(error, verbose));
      }
      await setImmediate();
    },
  });
  const unsubscribe = reportState(vpp, (line) => prompt.interject(() => host.note(line)));
  try {
    await prompt.untilEnd();
  } finally {
    unsubscribe();
  }
  host.signal.throwIfAborted();
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
