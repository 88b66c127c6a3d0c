/** What a connection has done so far. One object for its whole life; sessions count into it. */
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
  /** Of sessions that have ended; the present one's link counts on. */
  bytesIn = 0;
  bytesOut = 0;
  gaps = 0;
  /** Names that the present table of VPP has more than once. */
  doubledNames = 0;
}
