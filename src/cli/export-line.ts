/** The line to copy that leads commands to a socket. */
export function exportLine(socket: string): string {
  const isPlain = /^[\w./:@%+,-]+$/.test(socket);
  return `export VPP_API_SOCKET=${isPlain ? socket : `'${socket.replaceAll("'", "'\\''")}'`}`;
}
