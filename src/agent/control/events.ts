/**
 * Control events: what a plugin is told of the world around it, apart from the data that it handles. Each plugin
 * gets them one at a time and in order, between its `afterInit` and its `close`.
 */

/** Its configuration has changed; both values have been checked against its schema. */
export interface ConfigurationEvent<C = unknown> {
  /** What is in force until the hook has returned. */
  readonly before: C;
  /** What is in force from then on; not when the hook throws. */
  readonly after: C;
}

/** The answer of a plugin to a change that it has accepted. */
export interface ConfigurationOutcome {
  /** Keys whose value on disk takes effect after a restart: all of them, whatever was returned for earlier changes. */
  readonly pendingRestart: readonly string[];
}

/** What has become of VPP. Nothing is told before it has been there for the first time. */
export interface DataplaneEvent {
  /**
   * `up`: it is there, for the first time or again, and it has kept what it was told. `new`: it is there again, but it
   * is another process, which knows nothing of what the one before was told. `down`: it does not answer.
   */
  readonly state: 'up' | 'down' | 'new';
  /** Of the connection: one more for each session with VPP. */
  readonly generation: number;
  /** VPP's version text, once known. */
  readonly version?: string;
  /** Why it is down. */
  readonly reason?: string;
}

/** Which of several dataplanes serves. */
export interface RedundancyEvent {
  readonly role: 'primary' | 'backup';
  /** One more for each change of role. */
  readonly generation: number;
  /** The socket of the dataplane that serves now. */
  readonly socket: string;
  readonly reason: string;
  /** What the plugin's own `saveState` gave last. */
  readonly state?: unknown;
}
