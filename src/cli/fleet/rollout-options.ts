/** Options of the commands that roll something out. */

import { type Command, InvalidArgumentError } from 'commander';
import { BATCH_FORM, type Batch, type FleetFile, type GivenPlan, parseBatch } from '../../fleet/index.js';
import { UsageError } from '../errors.js';
import { parseTimeout } from '../option-values.js';
import { addDiagnosisOptions, type OutputFlags } from '../options.js';
import { addFleetOptions, type FleetFlags } from './fleet-options.js';

export interface RolloutFlags extends FleetFlags, OutputFlags {
  readonly batch?: Batch;
  /** Milliseconds, as `waveTime`. */
  readonly confirm?: number;
  readonly waveTime?: number;
  readonly pauseOnFailure?: boolean;
  readonly allowAway?: boolean;
  readonly allowDeletions?: number | true;
  readonly comment?: string;
  readonly yes?: boolean;
  readonly detach?: boolean;
}

const WAVE_MS = 120_000;
const LONGEST_MS = 86_400_000;
const LONGEST_COMMENT = 500;

export function addRolloutOptions(command: Command): Command {
  return addDiagnosisOptions(
    addFleetOptions(
      command
        .option('-b, --batch <size>', 'agents of a wave, as 10 or 5% (default: all in one)', batchOption)
        .option('--confirm <time>', 'take it back unless it is confirmed in time, as 5m', parseTimeout)
        .option('--wave-time <time>', 'how long a wave may take (default 2m)', parseTimeout)
        .option('--pause-on-failure', 'take all back at the first bad wave (the default)')
        .option('--no-pause-on-failure', 'go on past agents that fail')
        .option('--allow-away', 'agents that are away are no failure of their wave')
        .option('--allow-deletions <count>', 'how many objects each may delete, or all', deletions)
        .option('--comment <text>', 'a word for the history')
        .option('-y, --yes', 'ask nothing')
        .option('--detach', 'begin it, and leave the rest to another driver'),
    ),
  );
}

function batchOption(text: string): Batch {
  const batch = parseBatch(text);
  if (batch !== undefined) return batch;
  throw new InvalidArgumentError(`it ${BATCH_FORM}.`);
}

function deletions(text: string): number | true {
  if (text === 'all') return true;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('it must be a number, or all.');
}

/** The plan's part that options say; what they do not say, fleet.yaml may. @throws UsageError */
export function planOptions(flags: RolloutFlags, by: string, file: Partial<FleetFile> = {}) {
  const confirm = secondsOf('--confirm', flags.confirm ?? file.confirm);
  const deletable = file['allow-deletions'] === 'all' ? true : file['allow-deletions'];
  const allowDeletions = flags.allowDeletions ?? deletable;
  return {
    by,
    ...(flags.comment !== undefined && { comment: flags.comment.slice(0, LONGEST_COMMENT) }),
    ...(confirm !== undefined && { confirmSeconds: confirm }),
    waveSeconds: secondsOf('--wave-time', flags.waveTime ?? file['wave-time']) ?? WAVE_MS / 1000,
    pauseOnFailure: flags.pauseOnFailure ?? file['pause-on-failure'] ?? true,
    allowAway: flags.allowAway ?? file['allow-away'] ?? false,
    ...(allowDeletions !== undefined && { allowDeletions }),
  } satisfies Partial<GivenPlan>;
}

function secondsOf(option: string, ms: number | undefined): number | undefined {
  if (ms === undefined) return undefined;
  if (ms > LONGEST_MS) throw new UsageError(`${option}: at most 24h`);
  return Math.max(1, Math.ceil(ms / 1000));
}
