/** Holds the running VPP against the messages that the program was generated for: option `expect`. */

import { apiFileName } from '../codec/api-json.js';
import { parseSchema } from '../codec/load.js';
import { VppmuxError } from '../errors.js';
import type { ExpectedMessages, FieldChange, MessageCompatibility } from '../types.js';
import { compareWithVpp } from './compare-with-vpp.js';
import type { ConnectionCore } from './connection-core.js';

/** Messages that are named in the error; all of them are counted. */
const MOST_NAMED = 5;

/**
 * Compares CRCs, which costs nothing; only where one differs or is gone, definitions are read, and VPP is asked for its own.
 * Rejects with INCOMPATIBLE.
 */
export async function checkExpected(connection: ConnectionCore, { messages, files }: ExpectedMessages): Promise<void> {
  const { table } = connection.usable().catalogue;
  const others = Object.keys(messages).filter((name) => table.get(name)?.crc !== messages[name]);
  if (others.length === 0) return;
  const texts = files.map((file, at) => ({ name: apiFileName(file, at), text: JSON.stringify(file) }));
  const definitions = parseSchema(texts);
  const found = await compareWithVpp(connection, others, { definitions });
  const wrong = found.messages.filter(({ name, verdict }) => verdict !== 'same' && others.includes(name));
  if (wrong.length === 0) return;
  const named = wrong.slice(0, MOST_NAMED).map(textOf).join('; ');
  const more = wrong.length > MOST_NAMED ? `; and ${wrong.length - MOST_NAMED} more` : '';
  const text = `the running VPP does not have the messages that this program was generated for: ${named}${more}`;
  throw new VppmuxError('INCOMPATIBLE', text, { messageName: wrong[0].name });
}

function textOf({ name, reason, changes = [] }: MessageCompatibility): string {
  const fields = changes.map(changeText).join(', ');
  return `${name}: ${reason}${fields === '' ? '' : ` (${fields})`}`;
}

const changeText = ({ path, kind, before = 'none', after = 'none' }: FieldChange) =>
  `${path === '' ? kind : `${path}: ${kind}`} ${before} → ${after}`;
