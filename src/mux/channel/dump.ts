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
import type { JsonOptions } from '../json/json-writer.js';
import { observable } from '../rx.js';
import type { DumpSink } from '../session/dump-exchange.js';
import type { Dump } from '../types.js';
import type { Buffers } from './buffers.js';
import { Reader } from './reader.js';
import type { textLines } from './text-lines.js';

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

/** Reads a dump as lines of text. Kept beside the dump, whose own members are the public ones. */
const texts = new WeakMap<Dump, (options: JsonOptions) => AsyncIterator<Buffer, undefined>>();

/**
 * The rows of a dump of this process as NDJSON, one line a row, as `toJson` has it, in chunks of whole lines: for writing them
 * on, at a fraction of what the objects cost. Sent when it is read, as the dump itself is, with the same errors. What waits for
 * a slow reader is bounded by the channel's `replyBytes` of text, and not by `replyBuffer`.
 *
 * @throws TypeError of another kind of dump.
 */
export function ndjson(dump: Dump, options: JsonOptions = {}): AsyncIterable<Buffer> {
  const read = texts.get(dump);
  if (read === undefined) throw new TypeError('not a dump of a channel of this process');
  return { [Symbol.asyncIterator]: () => read(options) };
}

/** A bound over the readers of several dumps, besides that of each. */
export interface SharedBound {
  /** Called when a reader begins. */
  add(reader: { readonly bytes: number }): void;
  /** Whether what waits for the reader is within the bound; asked once for each read of the socket. Else the dump fails. */
  fits(reader: { readonly bytes: number }): boolean;
}

/** Bounds of dumps that share them. Kept beside the dump, whose own members are the public ones. */
const sharedBounds = new WeakMap<Dump, SharedBound>();

/** Has the readers of a dump of this process that begin from now on keep to `bound` as well. */
export function shareBound(dump: Dump, bound: SharedBound): void {
  sharedBounds.set(dump, bound);
}

/** `lines` makes text of its details, for `ndjson`; undefined where they come decoded. */
export function makeDump(start: StartDump, bounds: DumpBounds, lines?: typeof textLines): Dump {
  let reply: Fields | undefined;
  const begin: StartDump = (sink) => {
    reply = undefined;
    return start(sink);
  };
  const ended: Ended = (last) => {
    reply = last;
  };
  const siteOf = (callee: () => unknown) => (bounds.callSites ? callSite(callee) : undefined);
  const shared = (own: DumpBounds) => ({ ...own, shared: sharedBounds.get(dump) });
  const dump: Dump = {
    [Symbol.asyncIterator]: () => iterate(begin, ended, shared(bounds), siteOf(dump[Symbol.asyncIterator]), asFields),
    toArray: () => collect(begin, ended, siteOf(dump.toArray)),
    // An observer awaits nothing that the error's stack could lead to.
    observe: () => observe(begin, ended, callSite(dump.observe)),
    get reply() {
      return reply;
    },
  };
  const textBounds = { ...bounds, replyBuffer: Number.POSITIVE_INFINITY };
  if (!lines) return dump;
  texts.set(dump, (options) =>
    iterate(begin, ended, shared(textBounds), siteOf(ndjson as () => unknown), (put) => lines(put, options)),
  );
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

/** Takes what arrives in one of the two ways of a sink, and puts what is to be read. */
interface Taker extends Partial<Pick<DumpSink, 'next' | 'take'>> {
  /** Puts what it still holds, before the end. */
  flush?(): void;
}

const asFields = (put: (details: Fields, size: number) => void): Taker => ({
  next: (details, size) => {
    put(details, size);
    return true;
  },
});

/** Starts at the first `next()`, as a generator would. */
function iterate<T>(
  start: StartDump,
  ended: Ended,
  bounds: DumpBounds & { readonly shared: SharedBound | undefined },
  site: CallSite | undefined,
  takerOf: (put: (value: T, size: number) => void) => Taker,
): AsyncIterator<T, undefined> {
  let stop: (() => void) | undefined;
  let left = false;
  let goOn: (() => void) | undefined;
  let lastRead = -1;
  const hasRoom = () => reader.waiting < bounds.replyBuffer / 2 && reader.bytes < bounds.replyBytes / 2;
  const fits = () =>
    reader.waiting <= bounds.replyBuffer && reader.bytes <= bounds.replyBytes && bounds.shared?.fits(reader) !== false;
  const reader = new Reader<T>(
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
  bounds.shared?.add(reader);
  const admits = () => {
    const read = bounds.readStamp();
    if (read === lastRead) return true;
    lastRead = read;
    return fits();
  };
  const taker = takerOf((value, size) => reader.put(value, size));
  const sink: DumpSink = {
    next: (details, size) => admits() && taker.next?.(details, size) === true,
    take:
      taker.take && ((message, bytes, from, to, at) => admits() && taker.take?.(message, bytes, from, to, at) === true),
    end: (reply) => {
      ended(reply);
      taker.flush?.();
      reader.end();
    },
    error: (error) => {
      taker.flush?.();
      reader.end(error);
    },
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
