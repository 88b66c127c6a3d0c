/** The messages of an operation. */

import type { Message, References } from '../kinds/kind.js';
import type { Operation } from './operation.js';

export function messagesOf({ action, kind, before, after }: Operation, refs: References): readonly Message[] {
  switch (action) {
    case 'create':
      return after === undefined ? [] : kind.create(after, refs);
    case 'change':
      return (before && after && kind.change?.(before, after, refs)) ?? [];
    case 'delete':
      return (before && kind.remove?.(before, refs)) ?? [];
  }
}

export function fieldsOf({ fields }: Message, refs: References) {
  return typeof fields === 'function' ? fields(refs) : fields;
}
