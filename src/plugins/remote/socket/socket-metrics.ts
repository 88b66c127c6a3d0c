/** Metrics of the WebSockets at /ws. */

import { counter, gauge, type Metric } from '../../../sdk/index.js';
import type { SocketCounters } from './socket-counters.js';
import type { SocketServer } from './socket-server.js';

export function socketMetrics(server: SocketServer, counters: SocketCounters): readonly Metric[] {
  const both = (incoming: number, outgoing: number) => [
    { labels: { direction: 'in' }, value: incoming },
    { labels: { direction: 'out' }, value: outgoing },
  ];
  const byCode = (codes: ReadonlyMap<string, number>) =>
    [...codes].map(([code, value]) => ({ labels: { code }, value }));
  return [
    gauge('vppmux_remote_sockets', 'Open WebSockets at /ws', () => server.sessions.open),
    gauge('vppmux_remote_lost_sessions', 'Lost WebSockets whose subscriptions are kept', () => server.sessions.lost),
    gauge('vppmux_remote_channels', 'Channels of WebSockets', () => server.size.channels),
    gauge('vppmux_remote_streams', 'Requests, calls and streams of WebSockets under way', () => server.size.streams),
    counter('vppmux_remote_frames_total', 'Frames of WebSockets', () => both(counters.framesIn, counters.framesOut)),
    counter('vppmux_remote_bytes_total', 'Bytes of these frames', () => both(counters.bytesIn, counters.bytesOut)),
    counter('vppmux_remote_resumes_total', 'Lost sessions taken over by another WebSocket', () => counters.resumes),
    counter('vppmux_remote_refusals_total', 'Errors that WebSockets got, by code', () => byCode(counters.refusals)),
    counter('vppmux_remote_closes_total', 'WebSockets that ended, by code', () => byCode(counters.closes)),
  ];
}
