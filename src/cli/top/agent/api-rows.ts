/** An agent's knowledge of VPP's binary API: who uses it through the agent, who waits, and which messages take VPP long. */

import { propertyOf, textAt } from '../../../thrown.js';
import { rate } from '../counters/growth.js';
import type { AgentReading } from './agent-reading.js';

/** A channel of the agent, or a client of an API socket. */
export interface ApiRow {
  readonly kind: 'channel' | 'client';
  readonly id: number;
  readonly name: string;
  /** The plugin that owns a channel, the socket that a client came through. */
  readonly of?: string;
  readonly requestsPerSecond?: number;
  readonly requests?: number;
  readonly inFlight?: number;
  readonly waiting?: number;
  /** Age of its oldest request without an answer. */
  readonly oldestMs?: number;
  readonly refused?: number;
}

export interface SlowMessage {
  readonly name: string;
  readonly count?: number;
  readonly meanMs?: number;
  readonly maxMs?: number;
}

export interface ApiFigures {
  readonly agent: { readonly name?: string; readonly version?: string; readonly overall?: string };
  readonly vpp: {
    readonly version?: string;
    readonly pid?: number;
    readonly state?: string;
    readonly reason?: string;
    readonly socket?: string;
  };
  readonly requestsPerSecond?: number;
  readonly repliesPerSecond?: number;
  readonly eventsPerSecond?: number;
  readonly inFlight?: number;
  readonly waiting?: number;
  readonly oldestMs?: number;
  readonly rows: readonly ApiRow[];
  readonly slowest: readonly SlowMessage[];
}

export function apiFigures(now: AgentReading, before?: AgentReading): ApiFigures {
  const seconds = before && (now.monotonic - before.monotonic) / 1000;
  const traffic = trafficOf(now);
  const old = before && trafficOf(before);
  const speed = (...keys: string[]) => rate(total(traffic, keys), total(old, keys), seconds);
  const { agent, vpp } = now.status;
  return {
    agent: texts(agent, 'name', 'version', 'overall'),
    vpp: { ...texts(vpp, 'version', 'state', 'reason', 'socket'), ...numbers(vpp, 'pid') },
    ...present({
      requestsPerSecond: speed('requests'),
      repliesPerSecond: speed('replies', 'details'),
      eventsPerSecond: speed('events'),
    }),
    ...numbers(traffic, 'inFlight', 'waiting', 'oldestMs'),
    rows: rowsOf(now, before, seconds),
    slowest: listAt(traffic, 'slowest').map((each) => ({
      name: textAt(each, 'name') ?? '?',
      ...numbers(each, 'count', 'meanMs', 'maxMs'),
    })),
  };
}

function rowsOf(now: AgentReading, before: AgentReading | undefined, seconds: number | undefined): ApiRow[] {
  const clients = now.clients ?? [];
  const ids = new Set(clients.map(({ id }) => id));
  // A client has a channel, which is the same one.
  const channels = channelsOf(now).filter((each) => !ids.has(propertyOf(each, 'id')));
  const earlier = new Map([
    ...(before ? channelsOf(before) : []).map((each) => [propertyOf(each, 'id'), numberAt(each, 'requests')] as const),
    ...(before?.clients ?? []).map((each) => [each.id, numberAt(each, 'messagesIn')] as const),
  ]);
  const row = (each: unknown, kind: ApiRow['kind'], key: 'requests' | 'messagesIn', ofKey: string): ApiRow => {
    const id = numberAt(each, 'id') ?? -1;
    const requests = numberAt(each, key);
    const of = textAt(each, ofKey);
    return {
      kind,
      id,
      name: textAt(each, 'name') ?? (id === 0 ? 'the agent itself' : `channel ${id}`),
      ...(of !== undefined && { of }),
      ...present({ requestsPerSecond: rate(big(requests), big(earlier.get(id)), seconds), requests }),
      ...numbers(each, 'inFlight', 'waiting', 'oldestMs', 'refused'),
    };
  };
  return [
    ...clients.map((each) => row(each, 'client', 'messagesIn', 'role')),
    ...channels.map((each) => row(each, 'channel', 'requests', 'owner')),
  ];
}

const trafficOf = ({ status }: AgentReading) => propertyOf(status.vpp, 'traffic');
const channelsOf = (reading: AgentReading) => listAt(trafficOf(reading), 'busiest');

const big = (value: number | undefined) => (value === undefined ? undefined : BigInt(Math.trunc(value)));

function total(of: unknown, keys: readonly string[]): bigint | undefined {
  const known = keys.map((key) => big(numberAt(of, key))).filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => a + b);
}

function listAt(of: unknown, key: string): readonly unknown[] {
  const value = propertyOf(of, key);
  return Array.isArray(value) ? value : [];
}

function numberAt(of: unknown, key: string): number | undefined {
  const value = propertyOf(of, key);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

const numbers = (of: unknown, ...keys: string[]): Record<string, number> =>
  present(Object.fromEntries(keys.map((key) => [key, numberAt(of, key)])));
const texts = (of: unknown, ...keys: string[]): Record<string, string> =>
  present(Object.fromEntries(keys.map((key) => [key, textAt(of, key)])));

function present<T>(fields: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Record<string, T>;
}
