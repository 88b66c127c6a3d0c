/** The collection `WishKinds`: kinds of objects that plugins add to those of which a wish can speak. */

import { collection } from '../agent/plugin/collection.js';
import type { Kind } from '../wish/index.js';

/**
 * A kind is made by `defineKind` of `vppmux/wish`. Its name and the key of its section must be its own: a second one of the same name, or
 * one of vppmux itself, is logged and skipped. When a function of a kind throws, only that kind's objects fail; they stay as they are.
 */
export const WishKinds = collection<Kind>('vppmux/wish-kinds');
