/** Requests that VPP does not answer when what they name is not there, or makes no sense, and so neither does the mock. */
export const UNANSWERED: ReadonlySet<string> = new Set(['ikev2_nonce_get', 'punt_socket_register']);
