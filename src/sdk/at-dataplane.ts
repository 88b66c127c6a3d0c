/** Paths of plugins that run once for each dataplane: those of `main` stay as they are. */

import { MAIN } from '../agent/token.js';

/** The path below which everything stands that plugins at `dataplane` serve over HTTP; empty for `main`. */
export const baseAt = (dataplane: string = MAIN): string => (dataplane === MAIN ? '' : `/dataplanes/${dataplane}`);

/** `/metrics` at `edge` is `/dataplanes/edge/metrics`. */
export const pathAt = (path: string, dataplane?: string): string => `${baseAt(dataplane)}${path}`;
