/** The functions that a program gives with its options: what they throw is logged, once each, and harms nobody. */

import { RepeatedLines } from '../../repeated-lines.js';
import { kindAndReason } from '../../thrown.js';
import type { ConnectOptions, LateReply } from '../types.js';

export function guarded({ log, onLateReply }: ConnectOptions) {
  const hasThrown = new Set<string>();
  const quietly = (work: () => void, name: string) => {
    try {
      work();
    } catch (error) {
      if (hasThrown.has(name)) return;
      hasThrown.add(name);
      if (name !== 'log') safeLog('warn', `the ${name} function of this connection throws: ${kindAndReason(error)}`);
    }
  };
  const repeated = new RepeatedLines();
  const safeLog: NonNullable<ConnectOptions['log']> = (level, message, fields) => {
    const write = (text: string) => quietly(() => log?.(level, text, fields), 'log');
    if (level === 'debug') write(message);
    else if (log) repeated.line(level, message, write);
  };
  return {
    log: safeLog,
    /** Writes how many lines have been folded so far: at the end of the connection. */
    writeFolded: () => repeated.flush(),
    onLateReply: onLateReply && ((late: LateReply) => quietly(() => onLateReply(late), 'onLateReply')),
  };
}
