/** The requests and streams of a session, by the numbers that its client chose: those that are under way, within their bounds. */

import type { AgentFrame, ResumeFrame } from '../../../remote/protocol/index.js';
import { Fault } from '../../../sdk/index.js';
import type { Held } from '../caller.js';
import type { Visit } from '../visit.js';
import type { Answers } from './answers.js';
import { FrameFault } from './frame-fault.js';
import type { Link } from './link.js';
import { holdsFrame, type OpeningFrame, type OpeningSession, openStream } from './open-stream.js';
import { closedError } from './session-channels.js';
import type { SessionServices } from './session-services.js';
import type { OpenStream, StreamEnd } from './stream.js';

/** Bytes of requests and calls that may wait for their answers. */
const PENDING_BYTES = 16 * 1024 * 1024;

interface Entry {
  /** Undefined while it is being opened. */
  stream: OpenStream | undefined;
  readonly bytes: number;
  readonly free: () => void;
}

export class SessionStreams {
  private readonly all = new Map<number, Entry>();
  private pendingBytes = 0;

  constructor(
    private readonly visit: Visit,
    private readonly limits: SessionServices['limits'],
    private readonly answers: Answers,
  ) {}

  get size(): number {
    return this.all.size;
  }

  /** `session`: as it is on the present socket; undefined without one. */
  open(session: OpeningSession | undefined, frame: OpeningFrame, bytes: number): void {
    const { id } = frame;
    if (this.all.has(id)) throw new FrameFault(`${frame.type}: id ${id} is in use`);
    this.answers.answering({ id }, () => {
      const entry = this.enter(frame, bytes);
      this.all.set(id, entry);
      this.pendingBytes += entry.bytes;
      try {
        if (session === undefined) throw new Error('a frame came without a socket');
        entry.stream = openStream(session, frame, this.endOf(id, entry));
      } catch (error) {
        this.remove(id, entry);
        throw error;
      }
    });
  }

  credit(id: number, count: number): void {
    // One that has just ended is no fault of the client.
    const entry = this.all.get(id);
    if (entry?.stream?.credit === undefined) return;
    try {
      entry.stream.credit(count);
    } catch (error) {
      this.drop(id);
      this.answers.refuse({ id }, error);
    }
  }

  cancel(id: number): void {
    if (!this.all.has(id)) return;
    this.drop(id);
    this.answers.send({ type: 'end', id });
  }

  /** The client has closed their channel. */
  channelClosed(number: number): void {
    for (const { stream } of [...this.all.values()]) {
      if (stream?.channel === number) stream.channelClosed?.(closedError(number));
    }
  }

  /** Ends those of a channel; nobody is told. */
  dropOf(channel: number): void {
    for (const [id, { stream }] of [...this.all]) if (stream?.channel === channel) this.drop(id);
  }

  /** Ends all that do not outlive a socket. */
  lose(): void {
    for (const [id, { stream }] of [...this.all]) {
      if (stream?.lost) stream.lost();
      else this.drop(id);
    }
  }

  /** Goes on with those that `wanted` names, on a new socket, once `told` has named them to the client; all others end. */
  resume(link: Link, wanted: ResumeFrame['streams'], told: (ids: readonly number[]) => void): void {
    const byId = new Map(wanted.map((each) => [each.id, each]));
    const kept = [...this.all].filter(([id, { stream }]) => byId.has(id) && stream?.resumed !== undefined);
    const ids = new Set(kept.map(([id]) => id));
    for (const id of [...this.all.keys()]) if (!ids.has(id)) this.drop(id);
    told([...ids]);
    for (const [id, { stream }] of kept) {
      const { seq = 0, credit = 0 } = byId.get(id) ?? {};
      try {
        stream?.resumed?.(link, seq, credit);
      } catch (error) {
        this.drop(id);
        this.answers.refuse({ id }, error);
      }
    }
  }

  /** Ends all; nobody is told. */
  end(): void {
    for (const id of [...this.all.keys()]) this.drop(id);
  }

  /** Throws Fault or HttpError where there is no room for it. */
  private enter(frame: OpeningFrame, bytes: number): Entry {
    const most = this.limits().streams;
    if (this.all.size >= most) {
      throw new Fault('BUSY', `${most} requests and streams are under way on this socket (max-ids in remote.conf)`);
    }
    const held = holdsFrame(frame) ? bytes : 0;
    if (this.pendingBytes > 0 && this.pendingBytes + held > PENDING_BYTES) {
      throw new Fault('BUSY', `requests of more than ${PENDING_BYTES} bytes wait for their answers on this socket`);
    }
    const kind = HELD[frame.type];
    const free = kind === undefined ? () => {} : this.visit.hold(kind);
    return { stream: undefined, bytes: held, free };
  }

  private endOf(id: number, entry: Entry): StreamEnd {
    return {
      id,
      finish: (frame: AgentFrame) => {
        if (this.remove(id, entry)) this.answers.answering({ id }, () => this.answers.send(frame));
      },
      fail: (error) => {
        if (this.remove(id, entry)) this.answers.refuse({ id }, error);
      },
    };
  }

  private drop(id: number): void {
    const entry = this.all.get(id);
    if (entry === undefined) return;
    this.remove(id, entry);
    entry.stream?.end();
  }

  /** False when it had ended before. */
  private remove(id: number, entry: Entry): boolean {
    if (this.all.get(id) !== entry) return false;
    this.all.delete(id);
    this.pendingBytes -= entry.bytes;
    entry.free();
    return true;
  }
}

/** Frames that open what its caller has a bound for; a dump takes its place itself, when its turn comes. */
const HELD: { readonly [Type in OpeningFrame['type']]?: Held } = {
  events: 'streams',
  stats: 'counters',
};
