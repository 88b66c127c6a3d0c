/** A command of the CLI, as a kind declares it. */
import type { Dataplane } from '../dataplane/dataplane.js';
import type { Vpp } from '../vpp.js';

/** A CLI command while it runs. */
export interface CliCall {
  readonly vpp: Vpp;
  readonly dataplane: Dataplane;
  /** The words behind the command; none unless it takes words. */
  readonly words: readonly string[];
}

/** Output of a command that did not take all words behind it. */
export interface CliOutput {
  readonly text: string;
  /** The other words: VPP takes them for the next command. */
  readonly left: readonly string[];
}

export interface CliCommand<State = unknown> {
  /** Its line in the answer to `?`. */
  readonly help: string;
  /** Whether words may follow. Default: words that follow are the next command. */
  readonly takesWords?: boolean;
  /** Gives the output; as a string, all words were taken. Throws CliRefusal. */
  run(state: State, call: CliCall): string | CliOutput;
}

/** A command that VPP refuses: retval -1, and its text. */
export class CliRefusal extends Error {}

/** The refusal of words that a command does not know: from the first of them on. */
export function unknownInput(command: string, words: readonly string[]): CliRefusal {
  return new CliRefusal(`${command}: unknown input \`${words.join(' ')}'\n`);
}
