/** The collection `StatusPages`: states of plugins, each served as JSON by the plugin `health`, where that runs. */

import { collection } from '../agent/plugin/collection.js';

export interface StatusPage {
  /** `/clients` */
  readonly path: string;
  /** What it shows, in a few words, for the index page. */
  readonly about: string;
  /** Returns the present state, which JSON can carry. Called for each request: it reads memory. */
  read(): object;
}

export const StatusPages = collection<StatusPage>('status-pages');
