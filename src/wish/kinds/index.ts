/**
 * The kinds of vppmux itself, in the order in which objects that do not depend on each other are created; they are deleted the other way
 * round.
 */

import type { Kind } from './kind.js';

export const builtInKinds: readonly Kind[] = [
];
