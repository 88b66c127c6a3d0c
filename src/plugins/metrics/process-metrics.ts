/** Metrics of the process, by prom-client: CPU, memory, event loop, garbage collection, open files. */

import { collectDefaultMetrics, Registry } from 'prom-client';

const PREFIX = 'vppmux_';

let registry: Registry | undefined;

/**
 * The text. Measuring begins with the first call, once for the whole process, which may have several agents: what prom-client
 * begins has no end.
 */
export async function processMetrics(): Promise<string> {
  if (registry === undefined) {
    registry = new Registry();
    collectDefaultMetrics({ register: registry, prefix: PREFIX });
  }
  const text = await registry.metrics();
  // A value that is not known yet is not there.
  return text
    .split('\n')
    .filter((line) => !line.endsWith(' Nan'))
    .join('\n');
}
