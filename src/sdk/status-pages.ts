/** The collection `StatusPages`: states of plugins, each served as JSON by the plugin `health`, where that runs. */

import { collection } from '../agent/plugin/collection.js';

export interface StatusPage {
  /** `/clients` */
  readonly path: string;
  /** Text for the index page, a few words. */
  readonly about: string;
  /** Returns the present state, which JSON can carry. Called for each request: it reads memory. */
  read(): object;
}

export const StatusPages = collection<StatusPage>('status-pages');
