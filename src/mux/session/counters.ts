/** Counters of a connection. One object for its whole life; sessions count into it. */
export class Counters {
  requests = 0;
  replies = 0;
  details = 0;
  events = 0;
  lateReplies = 0;
  strayReplies = 0;
  unknownMessages = 0;
  trailingMessages = 0;
  trailingBytes = 0;
  /** Bytes of sessions that have ended; the present session's link counts its own. */
  bytesIn = 0;
  bytesOut = 0;
  gaps = 0;
  /** Names that the present table of VPP has more than once. */
  doubledNames = 0;
}
