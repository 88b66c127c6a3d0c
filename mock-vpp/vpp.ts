/** One run of the mocked VPP; a restart makes a new one. */
import type { HazardState, Schema } from '../src/mux/internal.js';
import type { Dataplane } from './dataplane/dataplane.js';
import type { Client } from './wire/client.js';
import type { MessageTable } from './wire/message-table.js';

/** Texts of show_version. */
export interface Build {
  readonly version: string;
  readonly date: string;
  readonly directory: string;
}

export interface Vpp {
  readonly schema: Schema;
  readonly table: MessageTable;
  readonly dataplane: Dataplane;
  readonly pid: number;
  readonly build: Build;
  /** Milliseconds since the epoch. */
  readonly started: number;
  /** Elements a `_get` gives per call; VPP counts a millisecond instead. */
  readonly pageSize: number;
  /** The definitions as JSON, for get_api_json. */
  apiTexts(): readonly string[];
  /** Runs a line of the CLI. */
  runCommand(line: string): { readonly retval: number; readonly text: string };
  /** Writes a warning to the mock's log. */
  warn(message: string): void;
  /**
   * Dies of a request, if the mock has VPP's bugs; else it writes a warning, and the handler refuses. `state`: what VPP is in.
   */
  dies(state: HazardState, call: { readonly request: string; readonly client: Client }): void;
  hasClient(registration: number): boolean;
  /** Names of the registered clients, by their registration. */
  clientNames(): readonly string[];
  /** Lets the kinds forget a client that is gone. */
  clientEnded(client: Client): void;
  /** Takes the event registration of this key from all clients. */
  forgetEvents(key: string): void;
  /** Body of a sockclnt_create_reply, with the wrong CRCs that a fault asks for. */
  handshakeReply(context: number, registration: number): Buffer;
}
