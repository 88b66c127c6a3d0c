/** The way back to a client: frames, and errors as the ends of what they are about. Nothing is sent while its socket is lost. */

import type { AgentFrame, ChannelError } from '../../../remote/protocol/index.js';
import { reasonOf } from '../../../thrown.js';
import { channelErrorOf } from '../channel-error-of.js';
import type { Visit } from '../visit.js';
import { FrameFault } from './frame-fault.js';
import type { Link } from './link.js';
import type { SessionServices } from './session-services.js';

/** The stream or channel that an error ends. */
export type About = { readonly id: number } | { readonly channel: number };

export class Answers {
  /** Undefined while the socket is lost. */
  link: Link | undefined;

  constructor(
    private readonly visit: Visit,
    private readonly services: SessionServices,
  ) {}

  send(frame: AgentFrame): void {
    this.link?.send(frame);
  }

  /** Sends the error that `error` is, as the end of what it is about. Never throws: streams call it from timers and promises. */
  refuse(about: About, error: unknown): void {
    const { link, services } = this;
    if (link === undefined) return;
    const send = (wire: ChannelError) => {
      link.send({ type: 'error', ...about, error: wire });
      services.refused(wire.code);
    };
    let cause = error;
    try {
      const known = channelErrorOf(error, (reply) => link.form.fieldsOut(undefined, reply));
      if (known !== undefined) {
        send(known);
        return;
      }
    } catch (unwritable) {
      cause = unwritable;
    }
    services.log.warn(`a remote channel of ${this.visit.label}: ${reasonOf(cause)}`);
    send({ code: 'INTERNAL', message: 'the agent failed at this; its log says why' });
  }

  /** Tells the client what `work` throws; a FrameFault without an answer is thrown on. */
  answering(about: About, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof FrameFault && error.answer === undefined) throw error;
      this.refuse(about, error);
    }
  }
}
