/** A channel on a session on a memory link: everything but the socket and the reconnection. */

import { VppChannel } from '../../src/mux/channel/channel.js';
import type { ChannelHost } from '../../src/mux/channel/host.js';
import { Counters } from '../../src/mux/session/counters.js';
import { Deadlines } from '../../src/mux/session/deadlines.js';
import { Session } from '../../src/mux/session/session.js';
import { Subscriptions } from '../../src/mux/session/subscriptions.js';
import type { ChannelOptions, LateReply } from '../../src/mux/types.js';
import { MemoryLink } from './memory-link.js';
import { body, read, smallCatalogue } from './small-schema.js';

interface MemoryOptions {
  readonly maxInFlight?: number;
  readonly maxWaitingBytes?: number;
  /** Names of requests that go alone. */
  readonly exclusive?: readonly string[];
  /** Called in place of the subscriptions. */
  readonly onEvent?: () => void;
  readonly callSites?: boolean;
}

export function onMemory({
  maxInFlight = 8192,
  maxWaitingBytes,
  exclusive,
  onEvent,
  callSites = false,
}: MemoryOptions = {}) {
  const link = new MemoryLink();
  const counters = new Counters();
  const deadlines = new Deadlines();
  const late: LateReply[] = [];
  const ended: Error[] = [];
  const log: string[] = [];
  const catalogue = smallCatalogue(exclusive);
  const parts = { link, clientIndex: 0x80000007, generation: 1, catalogue, counters, deadlines };
  const subscriptions: Subscriptions = new Subscriptions(
    (name, fields, options) => own.request(name, fields, options),
    () => {},
    true,
  );
  const session = new Session(
    { ...parts, maxInFlight, maxWaitingBytes, log: (_level, text) => log.push(text) },
    {
      receiver: onEvent ? { onEvent } : subscriptions,
      onLate: (reply) => late.push(reply),
      onEnd: (cause) => ended.push(cause),
    },
  );
  const host = (sharesEvents: boolean): ChannelHost => ({
    table: catalogue.table,
    usable: () => session,
    retrying: undefined,
    gate: undefined,
    dataListeners: undefined,
    hazards: undefined,
    sharesEvents,
    callSites,
    subscriptions,
    counters,
    forget: (channel, why) => {
      session.cancelAll(channel.window, why);
      subscriptions.dropHolder(channel);
    },
  });
  let channels = 0;
  const channel = (options: ChannelOptions = {}, sharesEvents = true) => {
    const bounds = { requestBuffer: 100, replyBuffer: 1000, replyBytes: 1 << 20, replyTimeoutMs: 5000, ...options };
    return new VppChannel(channels++, host(sharesEvents), bounds);
  };
  const own = channel({}, false);
  subscriptions.onSession(session);
  return {
    link,
    session,
    counters,
    deadlines,
    late,
    ended,
    log,
    channel,
    own,
    /** A channel of another kind. */
    open: <C>(make: (id: number, host: ChannelHost) => C): C => make(channels++, host(true)),
    subscriptions,
    /** Lists the messages sent so far, with their names. */
    sent: () => link.sent.map(read),
    /** Answers the request sent as number `index`. */
    answer: (index: number, name: string, fields: Record<string, unknown> = {}) => {
      const { context } = read(link.sent[index]).fields;
      link.receive(body(name, { context, ...fields }));
    },
    /** Answers with only the first `size` bytes of the message. */
    answerCut: (index: number, name: string, size: number) => {
      const { context } = read(link.sent[index]).fields;
      link.receive(body(name, { context }).subarray(0, size));
    },
    receive: (name: string, fields: Record<string, unknown>) => link.receive(body(name, fields)),
  };
}
