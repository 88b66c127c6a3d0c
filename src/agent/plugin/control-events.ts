/**
 * Control events: news about VPP and the configuration, apart from the data that a plugin handles. Each plugin gets them
 * one at a time and in order, between its `afterInit` and its `close`.
 */

/** A change of a plugin's configuration; both values have been checked against its schema. */
export interface ConfigurationEvent<C = unknown> {
  /** In effect until the hook has returned. */
  readonly before: C;
  /** In effect from then on, unless the hook throws. */
  readonly after: C;
}

/** A plugin's answer to a change that it has accepted. */
export interface ConfigurationOutcome {
  /** Keys whose value on disk takes effect after a restart: all of them, whatever was returned for earlier changes. */
  readonly pendingRestart: readonly string[];
}

/** A change of the connection to VPP. The first one is the first connection. */
export interface DataplaneEvent {
  /**
   * `up`: connected for the first time, or again to the same process, which has kept its configuration. `new`: connected
   * to another process, which has no configuration. `down`: it does not answer.
   */
  readonly state: 'up' | 'down' | 'new';
  /** Generation of the connection: one more for each session with VPP. */
  readonly generation: number;
  /** VPP's version text, once known. */
  readonly version?: string;
  /** Why it is down. */
  readonly reason?: string;
}

/** A fail-over: another one of several dataplanes serves. */
export interface RedundancyEvent {
  readonly role: 'primary' | 'backup';
  /** One more for each change of role. */
  readonly generation: number;
  /** The socket of the dataplane that serves now. */
  readonly socket: string;
  readonly reason: string;
  /** Result of the plugin's own last `saveState`. */
  readonly state?: unknown;
}
