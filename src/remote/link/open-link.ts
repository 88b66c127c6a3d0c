/** Opens a link: login, WebSocket, the agent's `hello`, and, where a session was lost, what is left of it. */

import { ConnectionError } from '../../mux/errors.js';
import type { AgentAddress } from '../address.js';
import type { RemoteSettings } from '../options.js';
import type { AgentFrame, HelloFrame, ResumedFrame, ResumeFrame } from '../protocol/index.js';
import { AgentLink, type LinkHandlers, type Numbers } from './agent-link.js';
import { FrameSocket } from './frame-socket.js';
import { openWebSocket, refusal } from './login.js';

export interface OpenedLink {
  readonly link: AgentLink;
  /** Channels and streams of the session before that go on. */
  readonly kept: Pick<ResumedFrame, 'channels' | 'streams'>;
}

export interface OpeningHandlers extends LinkHandlers {
  /** The link is lost, once it was open. */
  lost(link: AgentLink, cause: ConnectionError): void;
  /** The frame to begin with, and the places for what goes on; undefined: nothing is to go on. */
  resume(link: AgentLink): ResumeFrame | undefined;
}

const NOTHING = { channels: [], streams: [] };

/** Rejects with the failure, or with the reason of `signal`. */
export async function openLink(
  address: AgentAddress,
  settings: RemoteSettings,
  numbers: Numbers,
  handlers: OpeningHandlers,
  signal: AbortSignal,
): Promise<OpenedLink> {
  const webSocket = await openWebSocket(address, settings, signal);
  return new Promise((resolve, reject) => {
    let link: AgentLink | undefined;
    let isOpen = false;
    const opened = (open: AgentLink, kept: OpenedLink['kept']) => {
      isOpen = true;
      signal.removeEventListener('abort', abort);
      resolve({ link: open, kept });
    };
    const first = (frame: AgentFrame) => {
      const problem = helloProblem(frame);
      if (problem !== undefined) {
        socket.drop(new ConnectionError('HANDSHAKE_FAILED', `what is at ${address.shown} ${problem}`));
        return;
      }
      link = new AgentLink(frame as HelloFrame, socket, numbers, handlers);
      const resume = handlers.resume(link);
      if (resume) link.send(resume);
      else opened(link, NOTHING);
    };
    const socket = new FrameSocket(
      webSocket,
      address.shown,
      {
        frame(frame, size) {
          if (!link) first(frame);
          else if (isOpen) link.receive(frame, size);
          else if (frame.type === 'resumed') opened(link, frame);
          // Refused as a whole: nothing goes on.
          else if (frame.type === 'error' && frame.id === undefined) opened(link, NOTHING);
          else link.receive(frame, size);
        },
        closed(cause) {
          signal.removeEventListener('abort', abort);
          if (link) handlers.lost(link, cause);
          if (!isOpen) reject(cause);
        },
      },
      (status, body) => refusal(address, status, body),
    );
    const abort = () => socket.drop(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
  });
}

/** The fault of a first frame, to be put behind the agent's address; undefined for the right one. */
function helloProblem(frame: AgentFrame): string | undefined {
  if (frame.type !== 'hello') return 'did not begin with hello: it is no agent of vppmux';
  return frame.protocol === 1
    ? undefined
    : `speaks version ${frame.protocol} of the protocol, and this client version 1`;
}
