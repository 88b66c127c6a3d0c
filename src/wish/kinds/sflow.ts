/** Settings of sFlow: the section `sflow`. Which interfaces are sampled is a kind of its own. */

import { defineKind } from './kind.js';

/** Settings, as the file calls them: the messages that read and set it, their field, and what VPP has at its start. */
const SETTINGS = [
  { key: 'sampling-rate', message: 'sflow_sampling_rate', field: 'sampling_N', usual: 10_000 },
  { key: 'polling-interval', message: 'sflow_polling_interval', field: 'polling_S', usual: 20 },
  { key: 'header-bytes', message: 'sflow_header_bytes', field: 'header_B', usual: 128 },
] as const;

type Settings = Readonly<Record<(typeof SETTINGS)[number]['key'], number>>;

const USUAL = Object.fromEntries(SETTINGS.map(({ key, usual }) => [key, usual])) as unknown as Settings;
const NAME = 'settings';

/** VPP takes packets' headers in steps. */
const HEADER = { step: 32, least: 64, most: 256 } as const;

function settingsOf(given: Partial<Settings>): Settings {
  const bytes = Math.ceil((given['header-bytes'] ?? USUAL['header-bytes']) / HEADER.step) * HEADER.step;
  const header = Math.min(HEADER.most, Math.max(HEADER.least, bytes));
  const of = (key: keyof Settings) => given[key] ?? USUAL[key];
  return { 'sampling-rate': of('sampling-rate'), 'polling-interval': of('polling-interval'), 'header-bytes': header };
}

const changes = (before: Settings, after: Settings) =>
  SETTINGS.filter(({ key }) => before[key] !== after[key]).map(({ key, message, field }) => ({
    ...{ name: `${message}_set`, fields: { [field]: after[key] } },
    line: `sflow ${key} ${after[key]}`,
  }));

const messages = (before: Settings, after: Settings) =>
  changes(before, after).map(({ name, fields }) => ({ name, fields }));

/** The object is there where a wish asks for it, or a setting is another than at VPP's start: deleting it sets all back. */
export const sflowKind = defineKind<Settings>({
  name: 'sflow',
  ownership: 'wished',
  messages: SETTINGS.flatMap(({ message }) => [`${message}_get`, `${message}_set`]),
  *wanted({ file }) {
    if (file.sflow == null) return;
    yield { name: NAME, value: settingsOf(file.sflow as Partial<Settings>), path: ['sflow'] };
  },
  async read(vpp, asked) {
    const replies = await Promise.all(SETTINGS.map(({ message }) => vpp.request(`${message}_get`)));
    const read = SETTINGS.map(({ key, field }, at) => [key, replies[at][field]]);
    const value = Object.fromEntries(read) as Settings;
    const isUsual = SETTINGS.every(({ key, usual }) => value[key] === usual);
    return isUsual && asked.length === 0 ? [] : [{ name: NAME, value, isUsual }];
  },
  needs: () => [],
  create: ({ value }) => messages(USUAL, value),
  change: (found, { value }) => messages(found.value, value),
  remove: ({ value }) => messages(value, USUAL),
  describe(found, { file }) {
    for (const { value } of found) file.sflow = { ...value };
  },
  cli: (before, after) =>
    changes(before?.value ?? USUAL, after?.value ?? USUAL).map(({ line }) => ({ block: 'sync', line })),
});
