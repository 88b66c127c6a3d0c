/** The source of a topic, as the folder `topics` has one for each. */

/** A topic while somebody looks at it. */
export interface OpenTopic<S extends object = object> {
  /**
   * Returns its present state: plain JSON, without null. Called once each interval for all who look; not again before it has settled.
   * What it throws is sent as the topic's error.
   */
  read(): S | Promise<S>;
  /** Called when nobody looks any more. */
  close?(): void;
}

/** Opens a topic; `argument` is what stands behind the colon, or empty. Throws where there is no such thing. */
export type TopicSource<S extends object = object> = (argument: string) => OpenTopic<S>;
