/** Options of the commands that let an agent change VPP, and what is done before and after. */

import { type Command, InvalidArgumentError } from 'commander';
import { addDataplaneOptions, type DataplaneFlags } from '../agents/agent-options.js';
import { AgentRequestError, ExitWith } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Host } from '../host.js';
import { ProgressLine } from '../op/progress-line.js';
import { parseTimeout } from '../option-values.js';
import { addDiagnosisOptions, type OutputFlags } from '../options.js';
import type { CallOptions } from './agent-wishes.js';
import { agree, canAsk } from './agree.js';
import { type Outcome, outcomeLines, outcomeNotes } from './outcome-text.js';
import { planLines, planSummary, type ShownPlan } from './plan-text.js';

export interface ChangeFlags extends DataplaneFlags, OutputFlags {
  /** Milliseconds. */
  readonly confirm?: number;
  readonly allowDeletions?: number;
  readonly yes?: boolean;
  /** Milliseconds. */
  readonly timeout?: number;
}

/** Ten thousand interfaces take minutes. */
const LONGEST_MS = 3_600_000;
/** Changes that are shown before it is asked whether to make them. */
const MOST_SHOWN = 20;

export function addChangeOptions(command: Command): Command {
  return addDiagnosisOptions(
    addDataplaneOptions(
      command
        .option('--confirm <time>', 'go back unless "vppmux confirm" comes within this time, as 120s', parseTimeout)
        .option(
          '--allow-deletions <count>',
          'how many objects may be deleted (default: max-deletions of the agent)',
          deletions,
        )
        .option('-y, --yes', 'ask nothing'),
    ).option('-t, --timeout <time>', 'longest wait for it to be done (default 1h)', parseTimeout),
  );
}

function deletions(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('it must be a number.');
}

/** The input of an operation that changes VPP. */
export const changeInput = ({ confirm, allowDeletions }: ChangeFlags) => ({
  ...(confirm !== undefined && { confirm: Math.ceil(confirm / 1000) }),
  ...(allowDeletions !== undefined && { allowDeletions }),
});

/**
 * Shows what would be changed, and asks a person whether it is to be. `plan` is undefined where VPP is away. Throws ExitWith where it is not
 * to be done.
 */
export async function showAndAsk(host: Host, plan: ShownPlan | undefined, { json, yes }: ChangeFlags): Promise<void> {
  if (!json && plan !== undefined) {
    for (const line of planLines(plan, { width: host.out.width, most: MOST_SHOWN })) await host.out.line(line);
    await host.out.flush();
    host.note(planSummary(plan));
  }
  if (yes || !canAsk(host)) return;
  const isDone = plan !== undefined && plan.counts.create + plan.counts.change + plan.counts.delete === 0;
  if (isDone) return;
  const question = plan === undefined ? 'VPP is away; save it for when it is there?' : questionFor(plan);
  if (await agree(host, question)) return;
  host.note('nothing was changed');
  throw new ExitWith(EXIT.REFUSED);
}

function questionFor({ counts }: ShownPlan): string {
  const total = counts.create + counts.change + counts.delete;
  const which =
    counts.delete === 0 ? '' : `, ${counts.delete === 1 ? '1 deletion' : `${counts.delete} deletions`} included`;
  return total === 1 ? `make this change${which}?` : `make these ${total} changes${which}?`;
}

/** Has the agent change VPP, and shows its progress and what came of it. */
export async function carriedOut<T extends Outcome>(
  host: Host,
  flags: ChangeFlags,
  call: (options: CallOptions) => Promise<T>,
): Promise<T> {
  const progress = new ProgressLine(host.io);
  const onProgress = progress.show.bind(progress);
  const outcome = await call({ timeoutMs: flags.timeout ?? LONGEST_MS, onProgress })
    .catch((error) => {
      throw refused(error);
    })
    .finally(() => {
      progress.end();
      if (host.signal.aborted) host.note('the agent goes on by itself; "vppmux wish" shows how far it is');
    });
  if (flags.json) await host.out.json(outcome);
  else {
    for (const line of outcomeLines(outcome, host.out.width)) await host.out.line(line);
    await host.out.flush();
    for (const note of outcomeNotes(outcome)) host.note(note);
  }
  return outcome;
}

/** An agent that refuses what the wish would do has been asked properly. */
function refused(error: unknown): unknown {
  const isTooMuch = error instanceof AgentRequestError && error.agentCode === 'ERANGE';
  if (!isTooMuch) return error;
  const text = `${error.message}; if that is meant: --allow-deletions COUNT`;
  return new AgentRequestError(text, EXIT.REFUSED, error.agentCode);
}

const CODES: Readonly<Record<Outcome['state'], ExitCode>> = {
  applied: EXIT.OK,
  incomplete: EXIT.REFUSED,
  waiting: EXIT.NO_CONNECTION,
};

/** Throws ExitWith, where VPP is not as it was wished. */
export function endAs({ state }: Outcome): void {
  if (CODES[state] !== EXIT.OK) throw new ExitWith(CODES[state]);
}
