/**
 * Whether the kernel can have a Unix socket at a path. Node hands a longer path on cut to fit: a server then listens, and a
 * client connects, at another place than the one that was named, without a word.
 */

/** `sizeof sun_path` less its NUL: 108 on Linux, 104 on macOS and the BSDs. */
export const MAX_SOCKET_PATH_BYTES = process.platform === 'linux' ? 107 : 103;

/** Tells what is wrong with `path` as that of a Unix socket, to be put behind its name; undefined when nothing is. */
export function socketPathProblem(path: string): string | undefined {
  if (path === '') return 'must not be empty';
  // A NUL in front makes it an abstract one of Linux; another would end the path early.
  if (path.includes('\0', 1)) return 'must not hold a NUL character';
  const bytes = Buffer.byteLength(path);
  if (bytes <= MAX_SOCKET_PATH_BYTES) return undefined;
  return `has ${bytes} bytes, a Unix socket takes ${MAX_SOCKET_PATH_BYTES} at most: choose a shorter one, or go by a symbolic link to its directory`;
}
