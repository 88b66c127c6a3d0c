/** Keys of cn-infra's http.conf: none of them is without effect in silence. */

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/agent/config/read.js';
import { httpConfig, OBSOLETE, REFUSED } from '../../../src/plugins/http/config.js';
import { directoryWith } from '../../agent/support.js';

const read = (text: string) =>
  readConfig(join(directoryWith({ 'http.conf': text }), 'http.conf'), httpConfig, {
    obsolete: OBSOLETE,
    refused: REFUSED,
  });

describe("cn-infra's http.conf", () => {
  it.each(Object.keys(REFUSED))('%s: is refused with what to write in its place', (key) => {
    expect(() => read(`endpoint: 127.0.0.1:9191\n${key}: [x]\n`)).toThrow(`http.conf:2:1: "${key}": `);
  });

  it.each(['enable-token-auth: false', 'users: []', 'disable: false', 'server-cert-file: ""', 'users:'])(
    '%s: asks for nothing, and is no fault',
    (line) => {
      expect(read(`${line}\n`).value.endpoint).toEqual({ host: '127.0.0.1', port: 9191 });
    },
  );

  it.each(Object.keys(OBSOLETE))('%s: is accepted with a warning that says what to use', (key) => {
    expect(read(`${key}: 1\n`).warnings).toMatchObject([
      { line: 1, message: expect.stringContaining(`"${key}" has no effect: `) },
    ]);
  });

  it('a password in it: is not shown in the error', () => {
    let text = '';
    try {
      read('client-basic-auth: ["admin:hunter2"]\n');
    } catch (error) {
      text = String(error);
    }
    expect(text).toContain('client-basic-auth');
    expect(text).not.toContain('hunter2');
  });
});
