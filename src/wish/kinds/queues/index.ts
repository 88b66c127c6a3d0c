/** Settings of receive queues. */

import type { Kind } from '../kind.js';
import { rxModeKind } from './rx-mode.js';
import { rxPlacementKind } from './rx-placement.js';
import { workerKind } from './worker.js';

export const queueKinds: readonly Kind[] = [workerKind, rxModeKind, rxPlacementKind];
