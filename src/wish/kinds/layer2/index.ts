/** Kinds that switch frames: bridge domains and cross connects. */

import type { Kind } from '../kind.js';
import { bridgeDomainKind } from './bridge-domain.js';
import { bridgeMemberKind } from './bridge-member.js';
import { crossConnectKind } from './cross-connect.js';

export const layer2Kinds: readonly Kind[] = [bridgeDomainKind, bridgeMemberKind, crossConnectKind];
