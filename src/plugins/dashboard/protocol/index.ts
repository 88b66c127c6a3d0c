/** The door for clients of the feed: the page in `web/`, and the command line. It imports nothing, so that a bundle stays small. */

export {
  type DataplaneEntry,
  type ErrorMessage,
  FEED_CLOSE,
  FEED_PATH,
  FEED_PROTOCOL,
  type FeedMessage,
  type FullMessage,
  type Hello,
  LOST_MS,
  MOST_TOPICS,
  type PatchMessage,
  type Subscription,
  TICKET_PATH,
  type TicketAnswer,
  UI_PATH,
} from './feed.js';
export { difference, type Json, type JsonObject, type Patch, patched } from './merge-patch.js';
export type * from './topics/index.js';
