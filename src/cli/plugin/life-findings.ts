/** What is found of a plugin that runs: its operations, its clients, and what becomes of it when something happens. */

import type { Finding } from '../output/finding.js';
import { CONNECT_MS, dataplaneFinding, redundancyFinding, reloadFinding } from './control-findings.js';
import { handlesFinding } from './handles-finding.js';
import { operationFindings } from './operation-findings.js';
import type { Running } from './stage.js';

export async function* live(running: Running): AsyncGenerator<Finding> {
  const { stage, signal } = running;
  await stage.services.mux?.ready({ timeoutMs: CONNECT_MS, signal });
  yield* operationFindings(running);
  for (const finding of [handlesFinding, reloadFinding, redundancyFinding, dataplaneFinding]) {
    yield await finding(running);
    signal.throwIfAborted();
  }
}
