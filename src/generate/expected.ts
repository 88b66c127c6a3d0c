/** `compat.json`: the messages that a program names, for `connect({ expect })`. */

import type { ApiModel, MessageDef } from '../mux/schema/model.js';
import { apiJsonOf } from './api-json.js';

const FORMAT = 'vppmux-expected';
const VERSION = 1;

/** Text of the file. */
export function expectedText(messages: readonly MessageDef[], model: ApiModel): string {
  const crcs = Object.fromEntries(messages.map(({ name, crc }) => [name, crc]));
  const files = apiJsonOf(messages, model).map((file) => JSON.stringify(file));
  const head = JSON.stringify({ format: FORMAT, version: VERSION, messages: crcs }, null, 1).slice(0, -2);
  return `${head},\n "files": [\n  ${files.join(',\n  ')}\n ]\n}\n`;
}

/** Whether a text is a `compat.json`. */
export const isExpected = (text: string) => text.startsWith(`{\n "format": "${FORMAT}"`);

/** Names of requests and events that stand in quotes in a program's source. */
export function namesIn(source: string, { messages }: ApiModel): string[] {
  const found = new Set([...source.matchAll(/['"`](\w+)(?=['"`])/g)].map(([, name]) => name));
  return [...found].filter((name) => {
    const def = messages.get(name);
    return def !== undefined && (def.service !== undefined || def.role === 'event');
  });
}
