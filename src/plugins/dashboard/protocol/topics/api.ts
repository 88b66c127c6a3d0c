/** The topic `api`: who talks to VPP through this agent, and how long VPP takes. */

export interface ApiTopic {
  readonly totals: ApiTotals;
  /** Channels of plugins, by number. */
  readonly channels: Readonly<Record<string, ChannelRow>>;
  /** Clients of API sockets, by the number of their channel. */
  readonly clients: Readonly<Record<string, ClientRow>>;
  /** By name of the message; those that take VPP longest, on average. */
  readonly slowest: Readonly<Record<string, MessageRow>>;
}

export interface ApiTotals {
  readonly requestsPerSecond?: number;
  readonly repliesPerSecond?: number;
  readonly eventsPerSecond?: number;
  readonly bytesInPerSecond?: number;
  readonly bytesOutPerSecond?: number;
  readonly inFlight: number;
  readonly waiting: number;
  readonly oldestMs: number;
  /** Since the agent's start: replies that came too late, events that a slow reader lost. */
  readonly lateReplies: number;
  readonly gaps: number;
}

export interface ChannelRow {
  readonly name: string;
  /** Plugin that owns it. */
  readonly owner?: string;
  readonly access: 'read' | 'write';
  readonly requests: number;
  readonly requestsPerSecond?: number;
  readonly inFlight: number;
  readonly waiting: number;
  readonly oldestMs: number;
  readonly gaps: number;
}

export interface ClientRow {
  readonly name: string;
  /** The socket that it came through. */
  readonly role: string;
  readonly access: 'read' | 'write';
  readonly state: 'idle' | 'active' | 'waiting' | 'paused';
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly inFlight: number;
  readonly waiting: number;
  readonly oldestMs: number;
  readonly inPerSecond?: number;
  readonly outPerSecond?: number;
  readonly messagesIn: number;
  readonly messagesOut: number;
  readonly refused: number;
  readonly unreadBytes: number;
  /** Name of its program and its process, where the platform tells. */
  readonly process?: string;
}

export interface MessageRow {
  readonly count: number;
  readonly meanMs: number;
  readonly maxMs: number;
  readonly totalMs: number;
}
