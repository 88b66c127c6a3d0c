/** The tables of docs/api-socket.md and the sample file have every key, with the default that the code has. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { apiSocketConfig } from '../../../src/plugins/api-socket/config.js';
import { root } from '../../support/built.js';

const page = readFileSync(join(root, 'docs', 'api-socket.md'), 'utf8');

/** Key → default, of the table whose head begins with these words. */
function tableOf(head: string): Record<string, string> {
  const [, rows = ''] = new RegExp(`^\\| ${head} \\|[^\\n]*\\n\\|[-|]+\\n((?:\\|.*\\n)+)`, 'm').exec(page) ?? [];
  const cells = rows
    .trim()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()));
  return Object.fromEntries(
    cells.flatMap(([, keys, value]) =>
      [...keys.matchAll(/`([^`]+)`/g)].map(([, key]) => [key, value.replaceAll('`', '')]),
    ),
  );
}

const [socket] = apiSocketConfig.parse({ sockets: [{ path: '/a' }] }).sockets;
const keysOf = (value: object) => Object.keys(value).sort();
const ofPage = page.split('Each socket:');

describe('docs/api-socket.md', () => {
  it('api-socket.conf: every key, and its default', () => {
    const { sockets: _, ...rest } = tableOf('key \\| default');
    expect(keysOf(tableOf('key \\| default'))).toEqual(keysOf(apiSocketConfig.shape));
    const { sockets: __, ...defaults } = apiSocketConfig.parse({});
    expect(apiSocketConfig.parse(rest)).toMatchObject(defaults);
  });

  it('each socket: every key, and its default', () => {
    const rows = ofPage[1].split('| limit |')[0];
    const found = [...rows.matchAll(/^\| ((?:`[^`]+`(?:, )?)+) \|([^|]*)\|/gm)].flatMap(([, keys, value]) =>
      [...keys.matchAll(/`([^`]+)`/g)].map(([, key]) => [key, value.trim().replaceAll('`', '')] as const),
    );
    const known = new Set(['path', 'systemd', 'owner', 'group', ...Object.keys(socket)]);
    expect(found.map(([key]) => key).sort()).toEqual([...known].sort());
    const written = Object.fromEntries(
      found.filter(([, value]) => !['', 'none', 'who runs the agent'].includes(value)),
    );
    const values = Object.entries(written).map(([key, value]) => [key, parse(value)]);
    expect(apiSocketConfig.parse({ sockets: [{ path: '/a', ...Object.fromEntries(values) }] }).sockets[0]).toEqual(
      socket,
    );
  });

  it('limits: every one, and its default', () => {
    const written = Object.fromEntries(
      Object.entries(tableOf('limit \\| default')).map(([key, value]) => [key, Number.parseInt(value, 10)]),
    );
    expect(written).toEqual(socket.limits);
  });
});

it('the sample files: show a socket with every key and its default', () => {
  for (const folder of ['conf', 'templates/conf']) {
    const text = readFileSync(join(root, folder, 'api-socket.conf'), 'utf8');
    const [, sample] = /\n((?:# {3}.*\n)+)sockets: \[\]/.exec(text) ?? [];
    const yaml = sample.replaceAll(/^# {2}/gm, '').replace(/^\s*# systemd: api\n/m, '');
    const [{ owner, group, named, rules, ...rest }] = parse(yaml) as [Record<string, unknown>];
    const { path, named: __, rules: ___, ...defaults } = socket;
    const checked = apiSocketConfig.parse({ sockets: [{ ...rest, owner, group, named, rules }] }).sockets[0];
    expect(checked).toMatchObject(defaults);
    expect([path, owner, group]).toEqual(['/a', 'root', 'vpp']);
    expect(checked.named).toHaveLength(1);
    expect(checked.rules).toHaveLength(2);
  }
});
