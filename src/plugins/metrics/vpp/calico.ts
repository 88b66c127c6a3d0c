/**
 * Counters under the names of Calico-VPP's agent (port 8888), with its default prefix. The labels for pods are empty, as they are
 * there for interfaces that belong to no pod: vppmux does not know Kubernetes.
 */

import type { StatsEntry } from '../../../stats/index.js';
import { label } from '../label.js';
import type { PageText } from '../page-text.js';
import { countText, halvesOf } from './count-text.js';
import { Entries } from './entries.js';
import { columnsOf } from './export-v1.js';

export const CALICO_PATTERNS: readonly string[] = ['^/if/', '^/sys/tcp', '^/err/tcp4', '^/err/tcp6', '^/sys/session'];

const PREFIX = 'cni_projectcalico_vpp_';

export async function writeCalico(page: PageText, all: readonly StatsEntry[]): Promise<void> {
  const entries = new Entries(all);
  const names = entries.names('/if/names') ?? [];
  const interfaces = names.map((name) => name && label('vppInterfaceName', name));
  const written = new Set<string>();
  for (const entry of all) {
    if (entry.name.startsWith('/if/')) {
      const name = `${PREFIX}${entry.name.slice('/if/'.length).replaceAll('-', '_')}`;
      if (entry.type === 'simple') await writeInterfaces(page, name, interfaces, entry.counters);
      if (entry.type === 'combined') {
        await writeInterfaces(page, `${name}_packets`, interfaces, entry.packets);
        await writeInterfaces(page, `${name}_bytes`, interfaces, entry.bytes);
      }
    } else {
      writeOther(page, entry, written);
      const turn = page.turn();
      if (turn) await turn;
    }
  }
}

async function writeInterfaces(
  page: PageText,
  name: string,
  interfaces: readonly (string | undefined)[],
  counters: readonly BigUint64Array[],
): Promise<void> {
  page.family(name, 'counter', helpOf(name));
  for (const [worker, column] of counters.entries()) {
    const halves = halvesOf(column);
    for (const [index, own] of interfaces.entries()) {
      if (!own || index >= column.length) continue;
      const labels = `{worker="${worker}",namespace="",podName="",podInterfaceName="",${own}}`;
      page.add(labels, countText(halves, index));
      const turn = index % 64 === 63 ? page.turn() : undefined;
      if (turn) await turn;
    }
  }
}

/** TCP, its errors, and sessions. */
function writeOther(page: PageText, entry: StatsEntry, written: Set<string>): void {
  const path = entry.name.replace(/^\/(?:sys\/session|sys|err)\//, '').replaceAll(/[^0-9A-Za-z]/g, '_');
  const name = `${PREFIX}${path}`;
  // Two paths may become one name.
  if (written.has(name)) return;
  written.add(name);
  if (entry.type === 'scalar' || entry.type === 'gauge') {
    page.family(name, 'gauge', helpOf(name));
    page.add('', String(entry.value));
    return;
  }
  // One counter for each TCP statistic: those have names of their own next to it.
  if (entry.name === '/sys/tcp') return;
  const { counters } = columnsOf(entry);
  if (counters === undefined) return;
  page.family(name, 'counter', helpOf(name));
  // Sessions are counted by worker in one column.
  const byWorker =
    path.endsWith('_per_worker') && counters.length > 0 ? [...counters[0]] : counters.flatMap(([each]) => each ?? []);
  for (const [worker, value] of byWorker.entries()) page.add(`{worker="${worker}"}`, String(value));
}

const helpOf = (name: string) => name.slice(PREFIX.length).replaceAll('_', ' ');
