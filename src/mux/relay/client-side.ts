/** A client as those parts know it that handle its requests, answer it and keep its events. */

import type { ListenedChannel } from '../interceptors/data-listeners.js';
import type { Session } from '../session/session.js';
import type { Lost } from './lost-answers.js';
import type { ClientSettings } from './relay-options.js';
import type { RelayWindow } from './relay-window.js';
import type { Answered } from './relayed-request.js';
import type { SessionTables } from './session-tables.js';

export interface ClientSide extends ListenedChannel, Answered {
  readonly id: number;
  /** Name of the last handshake. */
  name: string;
  /** Index that the client has in its messages. */
  readonly index: number;
  readonly settings: ClientSettings;
  readonly window: RelayWindow;
  /** Tables of the session that it is on, or was on before the link ended. */
  readonly tables: SessionTables;
  readonly session: Session;
  /** Called when the link to VPP has ended before `exchange` was answered; `answer` as in `Lost`. */
  unanswered(exchange: Lost['exchange'], answer: Lost['answer']): void;
  /** Sends a message that is made here, or comes by a registration. */
  tell(body: Buffer): void;
  /** Lets the client's frames wait until the function given back is called. */
  hold(): () => void;
  /** Ends it when everything that was said has reached it. */
  finish(reason?: string): void;
  /** Ends it at once. `reason`: for the log; undefined where it left in good order. */
  end(reason: string | undefined): void;
}
