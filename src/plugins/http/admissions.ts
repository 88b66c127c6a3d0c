/** The callers that are being served, by their requests: each is told when http.conf or its tokens no longer let it in as it came. */

import type { IncomingMessage } from 'node:http';
import type { HttpCaller } from '../../sdk/index.js';

/** Name and access that a caller was let in with. */
export type Admitted = Pick<HttpCaller, 'name' | 'access'>;

interface Admission {
  readonly request: IncomingMessage;
  readonly caller: Admitted;
  readonly withdrawn: () => void;
}

export class Admissions {
  private readonly admissions = new Set<Admission>();

  get size(): number {
    return this.admissions.size;
  }

  /** Calls `withdrawn` once when `recheck` finds another caller, or none, behind the request; the function given back takes that back. */
  add(request: IncomingMessage, caller: Admitted, withdrawn: () => void): () => void {
    const admission = { request, caller, withdrawn };
    this.admissions.add(admission);
    return () => void this.admissions.delete(admission);
  }

  /** Withdraws those whose request `admit` refuses by throwing, or lets in with another name or access. */
  recheck(admit: (request: IncomingMessage) => Admitted): void {
    for (const admission of [...this.admissions]) {
      if (isAdmitted(admit, admission) || !this.admissions.delete(admission)) continue;
      admission.withdrawn();
    }
  }
}

/** Whether `admit` lets a request in as it did before. */
export function isAdmitted(
  admit: (request: IncomingMessage) => Admitted,
  { request, caller }: Pick<Admission, 'request' | 'caller'>,
): boolean {
  try {
    const { name, access } = admit(request);
    return name === caller.name && access === caller.access;
  } catch {
    return false;
  }
}
