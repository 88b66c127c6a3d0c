/** Checks of a channel's options and of the call that a request was made with. */

import { VppmuxError } from '../errors.js';
import type { Plan } from '../session/message-catalogue.js';

export const isDump = ({ kind }: Plan) => kind === 'dump' || kind === 'get';

export function checkAccess(access: unknown): void {
  if (access === 'read' || access === 'write') return;
  throw new VppmuxError('BAD_OPTION', `channel.access must be "read" or "write", not ${String(access)}`, {
    path: 'channel.access',
  });
}

export function wrongKind(plan: Plan, call: 'request' | 'dump'): VppmuxError {
  const text =
    call === 'dump'
      ? `${plan.name} is answered with many messages; use channel.dump() (or: vppmux dump ${plan.name})`
      : `${plan.name} is answered with one message; use channel.request() (or: vppmux call ${plan.name})`;
  return new VppmuxError('WRONG_KIND', text, { messageName: plan.name, outcome: 'not-sent' });
}
