/**
 * All checks one after the other, each as independent of the others as can be. The agent's code is loaded and used
 * before VPP is asked anything: it would else be measured along with VPP.
 */

import type { ConfigPlaces } from '../../agent/for-cli.js';
import { type Finding, notChecked } from '../output/finding.js';
import { configFindings } from './config-check.js';
import { backupFinding, CLOSE_MS, handshakeFinding, makeContact, roundTripFinding, tableFinding } from './contact.js';
import { hazardFinding } from './hazard-check.js';
import type { Machine } from './machine.js';
import { checkSchema, unheldSchemaFinding } from './schema-check.js';
import { socketFinding } from './socket-check.js';
import { statsFinding } from './stats-check.js';
import type { Target } from './target.js';
import { versionFinding } from './version-check.js';

/** Budget of all checks but the last, which does not wait; disconnecting from VPP comes on top. */
const TOTAL_MS = 3800;
const VPP_CHECKS = ['socket', 'handshake', 'messages', 'hazards', 'round-trip', 'schema', 'version'] as const;

export interface Examination {
  readonly target: Target;
  readonly places: ConfigPlaces;
  /** The running agent that has this configuration, where it was found by that. */
  readonly whose?: string;
  readonly machine: Machine;
  readonly signal: AbortSignal;
}

/** Finding after finding, as they are known, within 4.5 s, whatever hangs. Throws the reason of `signal` when that is aborted. */
export async function* examine({ target, places, whose, machine, signal }: Examination): AsyncGenerator<Finding> {
  const timeUp = AbortSignal.timeout(TOTAL_MS);
  yield* await configFindings(places, signal, whose);
  if (target.dataplane) yield dataplaneFinding(target.dataplane);
  const left = new Set<string>(target.backup === undefined ? VPP_CHECKS : [...VPP_CHECKS, 'backup']);
  try {
    for await (const finding of allVppFindings(target, machine, AbortSignal.any([signal, timeUp]))) {
      left.delete(finding.check);
      yield finding;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!timeUp.aborted) throw error;
    for (const check of left) yield notChecked(check, `after ${TOTAL_MS / 1000} s there is no time left for it`);
  }
  yield await statsFinding(target.statsSocket, machine);
}

/** Which VPP is looked at, of the several that the agent has. */
const dataplaneFinding = ({ name, others }: NonNullable<Target['dataplane']>): Finding => ({
  check: 'dataplane',
  ok: 'yes',
  detail: `${name}; --dataplane NAME looks at ${others.join(', ')}`,
});

async function* allVppFindings(target: Target, machine: Machine, signal: AbortSignal): AsyncGenerator<Finding> {
  yield* vppFindings(target, machine, signal);
  if (target.backup !== undefined) yield await backupFinding(target.backup, { ...target.options, signal }, machine);
}

async function* vppFindings(target: Target, machine: Machine, signal: AbortSignal): AsyncGenerator<Finding> {
  const options = { ...target.options, signal };
  const contact = await makeContact(options);
  const { connection } = contact;
  yield socketFinding(target, contact.error, machine);
  yield handshakeFinding(contact, target, machine);
  if (!connection) {
    const without = 'there is no session with VPP';
    yield notChecked('messages', without);
    yield notChecked('hazards', without);
    yield notChecked('round-trip', without);
    yield await unheldSchemaFinding(options, without);
    yield notChecked('version', without);
    return;
  }
  try {
    yield tableFinding(connection);
    yield hazardFinding(connection);
    yield await roundTripFinding(connection.channel(), target, machine, signal);
    const { finding, schema } = await checkSchema(connection, options);
    yield finding;
    yield schema
      ? await versionFinding(schema, target, machine, signal)
      : notChecked('version', 'there are no definitions to ask with');
  } finally {
    await connection.close({ timeoutMs: CLOSE_MS });
  }
}
