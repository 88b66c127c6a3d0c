/** What http.conf names: a token, a certificate, a key. What is wrong with one is for who wrote http.conf. */

import { AgentError, reasonOf } from '../../agent/errors.js';
import { NAMED_BYTES, readRegularFile } from '../../regular-file.js';

/** The content of the file that `key` names. Throws `confMistake`. */
export function readNamed(key: string, file: string): Buffer {
  try {
    return readRegularFile(file, { max: NAMED_BYTES });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw confMistake(`${key}: cannot read ${file}: ${HINTS[code] ?? reasonOf(cause)}`, cause);
  }
}

/** Has a code, so that the log tells it without a stack, which would be one of ours. */
export const confMistake = (text: string, cause?: unknown) =>
  new AgentError('CONFIG_INVALID', text, { plugin: 'http', cause });

const HINTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file (a relative path begins in the directory the agent was started in)',
  EACCES: `no permission for user ${process.getuid?.() ?? ''}; let its group read it (chgrp, chmod 640)`,
  EISDIR: 'it is a folder; name the file in it',
};
