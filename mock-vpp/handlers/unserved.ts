/** A request that the mock has no handler for. */
import type { Client } from '../wire/client.js';

/** Thrown by `stop()` of a strict mock that such a request ended. */
export class UnservedError extends Error {
  override readonly name = 'UnservedError';

  constructor(
    /** Name of the request. */
    readonly request: string,
    /** Name of the client that sent it; empty when it gave none. */
    readonly client: string,
    /** Registration of that client. */
    readonly registration: number,
  ) {
    const who = `client "${client}" (0x${registration.toString(16)})`;
    super(`the mock does not serve ${request}, which ${who} asked for; give it an answer by mock.handle() or a kind`);
  }
}

export function unservedBy(request: string, { name, registration }: Client): UnservedError {
  return new UnservedError(request, name, registration);
}
