/** The table of options, and all that says the same elsewhere: the docstrings of the types, and docs/client.md. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHANNEL_OPTIONS, CONNECT_OPTIONS } from '../../../src/mux/index.js';
import { rowOf, rowsOf, shownDefault } from '../../support/option-rows.js';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const rows = [...rowsOf(CONNECT_OPTIONS), ...rowsOf({ signal: CHANNEL_OPTIONS.signal }, 'channel.')];

describe('every option', () => {
  it.each(rows)('$path: its default passes its check, and is named where it is no constant', ({ option }) => {
    if (option.default === undefined) expect(option.otherwise).toBeDefined();
    else expect(option.problem(option.default)).toBeUndefined();
  });

  it.each(rows.map(({ option }) => option.text))('%s: a phrase without a full stop', (text) => {
    expect(text).toMatch(/^[a-z`V].*[^.]$/);
  });
});

describe('the docstrings of the types', () => {
  const INTERFACES: Readonly<Record<string, string>> = {
    backup: 'BackupOptions',
    channel: 'ChannelOptions',
    health: 'HealthOptions',
    poison: 'PoisonOptions',
    reconnect: 'ReconnectOptions',
    retryRequest: 'RetryRequestOptions',
  };
  const types = read('src/mux/types/connect-options.ts') + read('src/mux/types/channel.ts');

  it.each(rows.filter(({ option }) => option.default !== undefined))('$path: gives the same default', (row) => {
    const keys = row.path.split('.');
    const owner = keys.length > 1 ? INTERFACES[keys[0]] : 'ConnectOptions';
    const body = new RegExp(`export interface ${owner} \\{\\n(.*?)\\n\\}`, 's').exec(types)?.[1] ?? '';
    const docstring = new RegExp(`/\\*\\*((?:(?!\\*/).)*)\\*/\\s*readonly ${keys.at(-1)}\\??:`, 's').exec(body)?.[1];
    expect(docstring?.replace(/\s+\*?\s*/g, ' ')).toContain(`Default ${shownDefault(row.option)}.`);
  });
});

describe('docs/client.md', () => {
  const page = read('docs/client.md');
  const chapter = (title: string) => page.split(`\n## ${title}\n`)[1].split('\n## ')[0];
  /** Links of the page are no part of the text. */
  const plain = (text: string) => text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  const tableOf = (title: string) => [...chapter(title).matchAll(/^\| `\w.*\|$/gm)].map(([line]) => plain(line));

  it('the options of a connection: are those of the table, in its words', () => {
    const { channel: _, ...others } = CONNECT_OPTIONS;
    expect(tableOf('Connecting').filter((row) => !row.startsWith('| `channel` '))).toEqual(rowsOf(others).map(rowOf));
  });

  it('the options of a channel: likewise', () => {
    expect(tableOf('Channels')).toEqual(rowsOf(CHANNEL_OPTIONS).map(rowOf));
  });
});
