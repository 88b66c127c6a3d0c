/** All topics of the feed, by name, with the shapes of their states. A name may have an argument behind a colon: `interface:3`. */

import type { ApiTopic } from './api.js';
import type { DropsTopic } from './drops.js';
import type { InterfaceTopic } from './interface.js';
import type { InterfacesTopic } from './interfaces.js';
import type { NodesTopic } from './nodes.js';
import type { OverviewTopic } from './overview.js';
import type { StateTopic } from './state.js';

export type { ApiTopic, ApiTotals, ChannelRow, ClientRow, MessageRow } from './api.js';
export type { DroppingInterface, DropsTopic, ReasonRow } from './drops.js';
export type { CounterState, InterfaceTopic } from './interface.js';
export type { InterfaceRow, InterfaceSettings, InterfacesTopic, InventoryState } from './interfaces.js';
export type { NodeRow, NodesTopic } from './nodes.js';
export type { EventLine, OverviewTopic, Share, WorkerState } from './overview.js';
export type { StateTopic } from './state.js';
export type { TrafficRates } from './traffic.js';

export interface Topics {
  readonly state: StateTopic;
  readonly overview: OverviewTopic;
  readonly interfaces: InterfacesTopic;
  readonly interface: InterfaceTopic;
  readonly drops: DropsTopic;
  readonly nodes: NodesTopic;
  readonly api: ApiTopic;
}

export type TopicName = keyof Topics;
