/** Reports definitions of plugins while a file is being loaded. */

import { channel } from 'node:diagnostics_channel';

/**
 * Publishes each definition. Channels of one name are one channel in the whole process, so that a definition by a
 * plugin's own copy of this package is seen as well.
 */
export const DEFINITIONS = channel('vppmux:plugin-defined');
