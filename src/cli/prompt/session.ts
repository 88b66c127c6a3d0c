/** A session at a prompt: each line's outcome, and changes of the connection in between. */

import { setImmediate } from 'node:timers/promises';
import type { Connection } from '../../mux/index.js';
import { reportState } from '../connection.js';
import type { Host } from '../host.js';
import type { Io, OutputStream } from '../io.js';
import type { History } from './history.js';
import { Prompt, type PromptOptions } from './prompt.js';

export interface SessionOptions extends Pick<PromptOptions, 'prompt' | 'run' | 'complete'> {
  readonly screen: OutputStream;
  readonly history: History;
  /** The first line, on stderr. */
  readonly greeting: string;
}

/** The stream to show a prompt on; undefined when stdin is no terminal. */
export function screenOf({ stdin, stdout, stderr }: Io): OutputStream | undefined {
  return (stdin as { isTTY?: boolean }).isTTY ? [stdout, stderr].find(({ isTTY }) => isTTY) : undefined;
}

/** Runs the session until Ctrl-D or `quit`. Rejects as `run` does, and when the program is to end. */
export async function session(host: Host, vpp: Connection, options: SessionOptions): Promise<void> {
  const { screen, greeting, run, ...rest } = options;
  host.note(greeting);
  // Above the prompt.
  await setImmediate();
  const prompt = new Prompt({
    ...rest,
    input: host.io.stdin,
    output: screen,
    signal: host.signal,
    hint: () => host.note('Ctrl-D or quit ends this'),
    run: async (line, interrupted) => {
      await run(line, interrupted);
      // Output of the line stands above the next prompt.
      await host.out.flush();
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
