/**
 * A dump as the user sees it: not sent until it is iterated, collected or subscribed to, and sent anew
 * each time.
 *
 * Bounds for a slow `for await`: VPP sends as fast as it can and must not be kept waiting, so what the
 * reader has not taken waits here. Whatever came in one read of the socket always fits; when a later
 * read finds more than `replyBuffer` messages (or `replyBytes`) still waiting, the dump fails. A cursor
 * dump is paused between two pages instead.
 */

import type { Observable } from 'rxjs';
import { type CallSite, callSite, failing, leadTo } from '../call-site.js';
import type { Fields } from '../codec/codec.js';
import { observable } from '../rx.js';
import type { DumpSink } from '../session/dump-exchange.js';
import type { Dump } from '../types.js';
import type { Buffers } from './buffers.js';
import { Reader } from './reader.js';

export interface DumpBounds {
  readonly replyBuffer: number;
  readonly replyBytes: number;
  /** A number that is another for each read of the socket. */
  readonly readStamp: () => number;
  readonly buffers: Buffers;
  /** True when the call sites of its readers are remembered, for the stacks of their errors. */
  readonly callSites: boolean;
}

/** Sends the dump and returns what gives it up. */
export type StartDump = (sink: DumpSink) => () => void;

export function makeDump(start: StartDump, bounds: DumpBounds): Dump {
  let reply: Fields | undefined;
  const begin: StartDump = (sink) => {
    reply = undefined;
    return start(sink);
  };
  const ended: Ended = (last) => {
    reply = last;
  };
  const siteOf = (callee: () => unknown) => (bounds.callSites ? callSite(callee) : undefined);
  const dump: Dump = {
    [Symbol.asyncIterator]: () => iterate(begin, ended, bounds, siteOf(dump[Symbol.asyncIterator])),
    toArray: () => collect(begin, ended, siteOf(dump.toArray)),
    // An observer awaits nothing that the error's stack could lead to.
    observe: () => observe(begin, ended, callSite(dump.observe)),
    get reply() {
      return reply;
    },
  };
  return dump;
}

/** Takes the reply of a list that has ended, before its reader learns of the end. */
type Ended = (reply: Fields | undefined) => void;

function collect(start: StartDump, ended: Ended, site: CallSite | undefined): Promise<Fields[]> {
  return new Promise((resolve) => {
    const all: Fields[] = [];
    start({
      next: (details) => {
        all.push(details);
        return true;
      },
      end: (reply) => {
        ended(reply);
        resolve(all);
      },
      error: (error) => resolve(failing(error, site)),
    });
  });
}

function observe(start: StartDump, ended: Ended, site: CallSite): Observable<Fields> {
  return observable((listener) =>
    start({
      next: (details) => {
        listener.next(details);
        return true;
      },
      end: (reply) => {
        ended(reply);
        listener.complete();
      },
      error: (error) => listener.error(leadTo(error, observe, site) as Error),
    }),
  );
}

/** Starts at the first `next()`, as a generator would. */
function iterate(
  start: StartDump,
  ended: Ended,
  bounds: DumpBounds,
  site: CallSite | undefined,
): AsyncIterator<Fields, undefined> {
  let stop: (() => void) | undefined;
  let left = false;
  let goOn: (() => void) | undefined;
  let lastRead = -1;
  const hasRoom = () => reader.waiting < bounds.replyBuffer / 2 && reader.bytes < bounds.replyBytes / 2;
  const fits = () => reader.waiting <= bounds.replyBuffer && reader.bytes <= bounds.replyBytes;
  const reader = new Reader<Fields>(
    () => {
      if (!goOn || !hasRoom()) return;
      const resume = goOn;
      goOn = undefined;
      resume();
    },
    () => stop?.(),
    site,
  );
  bounds.buffers.add(reader);
  const sink: DumpSink = {
    next: (details, size) => {
      const read = bounds.readStamp();
      if (read !== lastRead) {
        lastRead = read;
        if (!fits()) return false;
      }
      reader.put(details, size);
      return true;
    },
    end: (reply) => {
      ended(reply);
      reader.end();
    },
    error: (error) => reader.end(error),
    room: (resume) => {
      if (hasRoom()) resume();
      else goOn = resume;
    },
  };
  return {
    next() {
      if (!left) stop ??= start(sink);
      return reader.next();
    },
    return() {
      left = true;
      return reader.return();
    },
  };
}
