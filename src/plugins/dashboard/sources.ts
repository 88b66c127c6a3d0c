/** The services that topics read from, and what they share. */

import type { ApiClient } from '../../mux/index.js';
import {
  type AgentInfo,
  type Board,
  type Contribution,
  type Contributions,
  type DataEvents,
  MAIN,
  type Mux,
  type Stats,
  type StatusPage,
} from '../../sdk/index.js';
import { type InterfaceMap, interfaceReads } from './counters/interface-counters.js';
import type { SharedRead } from './counters/shared-read.js';
import { EventLog } from './event-log.js';
import { Inventory } from './inventory/inventory.js';
import type { DataplaneEntry } from './protocol/index.js';

export interface Services {
  readonly info: Pick<AgentInfo, 'name' | 'version' | 'startedAt' | 'dataplane'>;
  readonly board: Pick<Board, 'status' | 'subscribe'>;
  readonly mux: Pick<Mux, 'status' | 'state' | 'states' | 'stats' | 'channel'>;
  readonly dataEvents: Pick<DataEvents, 'listen'>;
  readonly pages: Contributions<StatusPage>;
  readonly stats: Stats;
  /** Undefined where there is one only. */
  readonly dataplanes: () => readonly DataplaneEntry[] | undefined;
}

export interface Sources extends Services {
  readonly log: EventLog;
  readonly inventory: Inventory;
  readonly interfaceReads: SharedRead<InterfaceMap>;
  /** Clients of API sockets; none where the plugin that has them does not run. */
  readonly clients: () => readonly ApiClient[];
  /** Milliseconds that shared counters may be old. */
  readonly ageMs: () => number;
}

/** `intervalMs` gives the time between two messages of a topic. */
export function sourcesOf(services: Services, intervalMs: () => number): Sources {
  const { mux, dataEvents, pages, stats, info } = services;
  const log = new EventLog();
  return {
    ...services,
    log,
    inventory: new Inventory({ mux, dataEvents, log }),
    interfaceReads: interfaceReads(stats),
    // The page of the plugin `api-socket` at the same dataplane, which knows nothing of this one.
    clients: () => {
      const isIts = ({ value, dataplane = MAIN }: Contribution<StatusPage>) =>
        value.path === '/clients' && dataplane === info.dataplane;
      const page = pages.list.find(isIts)?.value.read();
      return (page as { readonly clients?: readonly ApiClient[] } | undefined)?.clients ?? [];
    },
    // Rates of too short a time would be coarse.
    ageMs: () => 0.8 * intervalMs(),
  };
}
