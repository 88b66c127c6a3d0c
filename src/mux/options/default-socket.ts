/** The API socket of a VPP that nobody names. */

import { existsSync } from 'node:fs';

export const DEFAULT_SOCKET = '/run/vpp/api.sock';

/** `VPP_API_SOCKET` of the environment, else the usual place. */
export const defaultSocket = () => process.env.VPP_API_SOCKET || usualSocket();

/** The socket where VPP listens when started by root, or else by this user (WIRE 3.19). */
export function usualSocket(): string {
  const own = `/run/user/${process.getuid?.()}/vpp/api.sock`;
  return !existsSync(DEFAULT_SOCKET) && existsSync(own) ? own : DEFAULT_SOCKET;
}
