/** The views, in the order of the list at the side. A view is one file or folder of its own; this is the one place that names it. */

import type { ComponentType } from 'preact';
import type { Topics } from '../../src/plugins/dashboard/protocol/index.js';
import { Api } from './api/api.js';
import { Drops } from './drops/drops.js';
import { FleetView } from './fleet/fleet.js';
import { Interfaces } from './interfaces/interfaces.js';
import { Nodes } from './nodes/nodes.js';
import { Operations } from './operations/operations.js';
import { Overview } from './overview/overview.js';
import { PacketTrace } from './packet-trace/packet-trace.js';
import { Tables } from './tables/tables.js';
import { WishView } from './wish/wish.js';

export interface View {
  /** First part of its URL: `#/interfaces`. */
  readonly path: string;
  readonly title: string;
  /** `rest` is what stands behind the path in the URL. */
  readonly Component: ComponentType<{ readonly rest: readonly string[] }>;
  /** Whether what stands behind the path is of one dataplane alone, as the number of an interface is. */
  readonly isRestOwn?: boolean;
  /** Whether the agent has something for it: the list leaves it out otherwise, and its URL still leads to it. */
  readonly isFor?: (state: Topics['state'] | undefined) => boolean;
}

export const VIEWS: readonly View[] = [
  { path: 'overview', title: 'Overview', Component: Overview },
  { path: 'interfaces', title: 'Interfaces', Component: Interfaces, isRestOwn: true },
  { path: 'drops', title: 'Drops', Component: Drops },
  { path: 'nodes', title: 'Nodes', Component: Nodes },
  { path: 'api', title: 'API', Component: Api },
  { path: 'packet-trace', title: 'Packet trace', Component: PacketTrace },
  { path: 'tables', title: 'Tables', Component: Tables },
  { path: 'wish', title: 'Wish', Component: WishView },
  { path: 'operations', title: 'Operations', Component: Operations },
  { path: 'fleet', title: 'Fleet', Component: FleetView, isFor: (state) => state?.fleet === true },
];

/** The key that leads to the view at this place: `1` to `9`, then `0`. */
export const keyOf = (place: number): string => String((place + 1) % 10);
