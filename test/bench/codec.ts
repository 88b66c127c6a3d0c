/** Decoding and encoding alone, beside JSON.parse and JSON.stringify of the same content. */
import { client, definitionsOf, type Group, type Setting } from './bench.js';
import type { CodecMeasured } from './clients/codec.js';
import type { Sample } from './figures.js';

export const CODEC: Group = {
  title: 'decode and encode a message, beside JSON (first and last: the smallest and the largest of 26.06)',
  benchmarks: [{ name: 'codec', run: measure }],
  table: 'codec',
};

async function measure(setting: Setting): Promise<Sample[]> {
  const args = [definitionsOf(setting), setting.quick ? 5 : 30];
  const messages = await client<CodecMeasured[]>(setting, 'codec', args);
  return messages.flatMap(({ name, bytes, decode, encode, parse, stringify }): Sample[] => [
    { name: `decode ${name}`, unit: 'ns', value: decode, yardstick: parse, note: String(bytes) },
    { name: `encode ${name}`, unit: 'ns', value: encode, yardstick: stringify, note: String(bytes) },
  ]);
}
