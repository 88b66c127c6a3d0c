/** ACL-based forwarding. */

import type { Kind } from '../kind.js';
import { abfInterfaceKind } from './abf-interface.js';
import { abfPolicyKind } from './abf-policy.js';

export const abfKinds: readonly Kind[] = [abfPolicyKind, abfInterfaceKind];
